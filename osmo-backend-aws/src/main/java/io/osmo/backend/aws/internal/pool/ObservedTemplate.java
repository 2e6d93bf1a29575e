// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.eks.model.LaunchTemplateSpecification;

/** A launch template and its newest version. */
public record ObservedTemplate(LaunchTemplate template, LaunchTemplateVersion latest) {
    /** A template whose newest version is known by its number only. */
    ObservedTemplate(LaunchTemplate template) {
        this(
                template,
                LaunchTemplateVersion.builder()
                        .launchTemplateId(template.launchTemplateId())
                        .versionNumber(template.latestVersionNumber())
                        .build());
    }

    public String id() {
        return template.launchTemplateId();
    }

    /** Names this version in a request of EKS. */
    void use(LaunchTemplateSpecification.Builder request) {
        request.id(id()).version(String.valueOf(version()));
    }

    /** Number of the newest version. */
    public long version() {
        return latest.versionNumber();
    }
}
