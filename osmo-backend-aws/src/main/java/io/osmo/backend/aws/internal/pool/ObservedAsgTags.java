// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/**
 * Tags of a node group's auto scaling group.
 *
 * @param group name of the auto scaling group
 */
public record ObservedAsgTags(String group, Map<String, String> tags) {
    public ObservedAsgTags {
        tags = Map.copyOf(tags);
    }

    static ObservedAsgTags of(AutoScalingGroup group) {
        return new ObservedAsgTags(
                group.autoScalingGroupName(),
                group.tags().stream()
                        .collect(
                                Collectors.toMap(TagDescription::key, TagDescription::value, (first, again) -> first)));
    }
}
