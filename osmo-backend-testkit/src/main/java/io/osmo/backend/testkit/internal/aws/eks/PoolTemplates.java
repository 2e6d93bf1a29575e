// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.aws.ec2.LaunchTemplates;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.eks.model.*;

/** Settings that node groups take from launch templates. */
final class PoolTemplates {
    private final Eks eks;

    PoolTemplates(Eks eks) {
        this.eks = eks;
    }

    /** The data of a template's version. */
    Optional<ResponseLaunchTemplateData> data(@Nullable LaunchTemplateSpecification specification) {
        if (specification == null) {
            return Optional.empty();
        }
        return Optional.of(version(specification).launchTemplateData());
    }

    /** Whether the template of a group, if it has one, still exists. */
    boolean exists(Nodegroup group) {
        return group.launchTemplate() == null
                || LaunchTemplates.exists(eks.ec2, group.launchTemplate().id());
    }

    /** The specification with the id, the name and the number of the version. */
    LaunchTemplateSpecification resolved(LaunchTemplateSpecification specification) {
        LaunchTemplateVersion version = version(specification);
        return LaunchTemplateSpecification.builder()
                .id(version.launchTemplateId())
                .name(version.launchTemplateName())
                .version(String.valueOf(version.versionNumber()))
                .build();
    }

    /** The instance types of a group, from the group or from its template. */
    List<String> types(Nodegroup group) {
        if (!group.instanceTypes().isEmpty()) {
            return group.instanceTypes();
        }
        return data(group.launchTemplate())
                .map(t -> List.of(t.instanceTypeAsString()))
                .orElse(List.of("t3.medium"));
    }

    /** Size of the root disk. */
    int diskGib(Nodegroup group) {
        if (group.launchTemplate() == null) {
            return group.diskSize();
        }
        // EKS keeps a copy of the template, so nodes do not change when it is deleted.
        return Optional.of(group).filter(this::exists).flatMap(each -> data(each.launchTemplate())).stream()
                .flatMap(t -> t.blockDeviceMappings().stream())
                .filter(m -> m.ebs() != null && m.ebs().volumeSize() != null)
                .map(m -> m.ebs().volumeSize())
                .findFirst()
                .orElse(20);
    }

    private LaunchTemplateVersion version(LaunchTemplateSpecification specification) {
        String version = specification.version() == null ? "$Default" : specification.version();
        try {
            LaunchTemplate template = LaunchTemplates.find(eks.ec2, specification.id(), specification.name());
            return LaunchTemplates.version(eks.ec2, template, version);
        } catch (Ec2Exception e) {
            throw EksErrors.invalidRequest(e.awsErrorDetails().errorMessage());
        }
    }
}
