// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import java.util.Set;
import software.amazon.awssdk.services.eks.model.AccessEntry;

/**
 * An access entry and what it grants.
 *
 * @param policies ARNs of the access policies that apply to the whole cluster
 */
public record ObservedAccess(AccessEntry entry, Set<String> policies) {
    public ObservedAccess {
        policies = Set.copyOf(policies);
    }
}
