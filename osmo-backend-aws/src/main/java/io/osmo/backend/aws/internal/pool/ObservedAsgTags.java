// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import java.util.Map;

/**
 * Tags of a node group's auto scaling group.
 *
 * @param group name of the auto scaling group
 */
public record ObservedAsgTags(String group, Map<String, String> tags) {
    public ObservedAsgTags {
        tags = Map.copyOf(tags);
    }
}
