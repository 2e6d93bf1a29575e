// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which failed upgrades of a pool's nodes answer what one apply has asked for. GKE accepts such a change, fails later, and keeps the
 * failure in its list of operations. Those that were in the list before the first change answer an earlier apply or somebody else: the
 * cause may be gone by now, so they must not keep this apply from trying. Safe for concurrent use.
 */
final class UpgradeFailures {
    private @Nullable Set<String> known;

    /** To be called before each change of the nodes: the failure of the one before it, once. */
    synchronized Optional<Operation> next(ObservedPool observed) {
        List<Operation> failed = observed.failedUpgrades();
        Set<String> before = known;
        if (before == null) {
            before = new HashSet<>();
            known = before;
            failed.stream().map(Operation::getName).forEach(before::add);
        }
        Optional<Operation> last = Optional.empty();
        for (Operation operation : failed) {
            if (before.add(operation.getName())) {
                last = Optional.of(operation);
            }
        }
        return last;
    }
}
