// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the roles of the caller allow, each at its scope and below: everything until it is limited. Safe for concurrent use.
 *
 * @see <a href="https://learn.microsoft.com/azure/role-based-access-control/scope-overview">Azure: scopes of roles</a>
 */
public final class CallerRoles {
    private static final String EVERYWHERE = "";

    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Map<String, Set<String>> granted;

    /** From now on allows these actions at every scope, and nothing else. */
    public void limit(Collection<String> actions) {
        limit(Map.of(EVERYWHERE, actions));
    }

    /** From now on allows these actions, by id of the scope, and nothing else. */
    public void limit(Map<String, ? extends Collection<String>> actions) {
        Map<String, Set<String>> roles = new HashMap<>();
        actions.forEach((scope, allowed) -> roles.put(key(scope), Set.copyOf(allowed)));
        granted = Map.copyOf(roles);
    }

    /** Forbids an action, whatever is allowed. */
    public void deny(String action) {
        forbidden.add(action);
    }

    /** The actions that are forbidden. */
    public Set<String> forbidden() {
        return Set.copyOf(forbidden);
    }

    /** The actions that are allowed at a scope; empty when there is no limit. */
    public Optional<Set<String>> allowed(String scope) {
        return Optional.ofNullable(granted).map(roles -> {
            Set<String> actions = new HashSet<>();
            roles.forEach((role, allowed) -> {
                if (role.equals(EVERYWHERE)
                        || key(scope).equals(role)
                        || key(scope).startsWith(role + "/")) {
                    actions.addAll(allowed);
                }
            });
            return actions;
        });
    }

    /** The first of what a request needs that is not allowed. */
    public Optional<Access> missing(Collection<Access> needed) {
        return needed.stream()
                .filter(access -> forbidden.contains(access.action())
                        || allowed(access.scope())
                                .filter(actions -> !actions.contains(access.action()))
                                .isPresent())
                .findFirst();
    }

    private static String key(String scope) {
        return scope.toLowerCase(Locale.ROOT);
    }
}
