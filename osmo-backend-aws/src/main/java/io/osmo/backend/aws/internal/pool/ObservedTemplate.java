// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/** A launch template and its newest version. */
public record ObservedTemplate(LaunchTemplate template, LaunchTemplateVersion latest) {
    public String id() {
        return template.launchTemplateId();
    }

    /** Number of the newest version. */
    public long version() {
        return latest.versionNumber();
    }
}
