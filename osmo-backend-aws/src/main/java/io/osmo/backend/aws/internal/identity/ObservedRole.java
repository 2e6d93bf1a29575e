// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * A role with its policies.
 *
 * @param attached ARNs of the managed policies
 * @param inline documents of the policies of its own, by name
 */
public record ObservedRole(Role role, Set<String> attached, Map<String, String> inline) {
    public ObservedRole {
        attached = Set.copyOf(attached);
        inline = Map.copyOf(inline);
    }
}
