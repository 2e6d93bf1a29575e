// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import io.osmo.backend.testkit.fault.Call;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of an emulated cloud is allowed to do; everything by default. The actions that a call needs are from the vendor's
 * documentation, not from the provider. Safe for concurrent use.
 */
public final class CallerRights {
    private final Function<Call, Collection<String>> needed;
    private final BiFunction<Call, String, RuntimeException> denied;
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Set<String> allowed;

    /**
     * @param needed the actions that a call needs
     * @param denied the error with which the cloud refuses a call if an action is not allowed
     */
    public CallerRights(Function<Call, Collection<String>> needed, BiFunction<Call, String, RuntimeException> denied) {
        this.needed = needed;
        this.denied = denied;
    }

    /** From now on allows these actions and nothing else. */
    public void limit(Collection<String> actions) {
        allowed = Set.copyOf(actions);
    }

    /** Forbids an action, whatever is allowed. */
    public void deny(String action) {
        forbidden.add(action);
    }

    /** The actions that are allowed; empty when there is no limit. */
    public Optional<Set<String>> limit() {
        return Optional.ofNullable(allowed);
    }

    /** The actions that are forbidden. */
    public Set<String> forbidden() {
        return Set.copyOf(forbidden);
    }

    /** Whether an action is allowed. */
    public boolean allows(String action) {
        Set<String> limit = allowed;
        return !forbidden.contains(action) && (limit == null || limit.contains(action));
    }

    /** Refuses a call that needs what is not allowed; nothing happens then. */
    public void require(Call call) {
        if (allowed != null || !forbidden.isEmpty()) {
            needed.apply(call).stream()
                    .filter(action -> !allows(action))
                    .findFirst()
                    .ifPresent(action -> {
                        throw denied.apply(call, action);
                    });
        }
    }
}
