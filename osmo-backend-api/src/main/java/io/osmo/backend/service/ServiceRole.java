// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.util.List;

/** A role of the OSMO service. */
public record ServiceRole(String name, List<Policy> policies) {
    public ServiceRole {
        policies = List.copyOf(policies);
    }

    /**
     * A policy of a role.
     *
     * @param allows true if the policy allows the actions, false if it denies them
     * @param actions such as {@code workflow:Create} or {@code workflow:*}
     * @param resources such as {@code pool/default} or {@code pool/*}; empty means all
     */
    public record Policy(boolean allows, List<String> actions, List<String> resources) {
        public Policy {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }
    }

    /** Whether a user with this role can submit workflows to a pool. A policy that denies takes precedence over one that allows. */
    public boolean maySubmitTo(String pool) {
        return policies.stream().anyMatch(policy -> policy.allows() && covers(policy, pool))
                && policies.stream().noneMatch(policy -> !policy.allows() && covers(policy, pool));
    }

    private static boolean covers(Policy policy, String pool) {
        return policy.actions().stream().anyMatch(List.of("*:*", "*:Create", "workflow:*", "workflow:Create")::contains)
                && (policy.resources().isEmpty()
                        || policy.resources().stream().anyMatch(List.of("*", "pool/*", "pool/" + pool)::contains));
    }

    @Override
    public String toString() {
        return "role/" + name;
    }
}
