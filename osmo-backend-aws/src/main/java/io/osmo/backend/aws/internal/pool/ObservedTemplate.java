// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.eks.model.LaunchTemplateSpecification;

/**
 * A launch template and its versions.
 *
 * @param versions the newest one first; only its number is known right after the creation
 */
public record ObservedTemplate(LaunchTemplate template, List<LaunchTemplateVersion> versions) {
    public ObservedTemplate {
        versions = versions.stream()
                .sorted(Comparator.comparing(LaunchTemplateVersion::versionNumber)
                        .reversed())
                .toList();
    }

    /** A template whose newest version is known by its number only. */
    ObservedTemplate(LaunchTemplate template) {
        this(
                template,
                List.of(LaunchTemplateVersion.builder()
                        .launchTemplateId(template.launchTemplateId())
                        .versionNumber(template.latestVersionNumber())
                        .build()));
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
        return versions.get(0).versionNumber();
    }

    /** What the newest version says. */
    ResponseLaunchTemplateData latest() {
        return versions.get(0).launchTemplateData();
    }

    /** What a version says; empty when it was deleted. */
    Optional<ResponseLaunchTemplateData> version(String number) {
        return versions.stream()
                .filter(version -> String.valueOf(version.versionNumber()).equals(number))
                .flatMap(version -> Stream.ofNullable(version.launchTemplateData()))
                .findFirst();
    }
}
