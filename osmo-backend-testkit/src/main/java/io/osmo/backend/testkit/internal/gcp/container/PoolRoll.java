// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.StatusCondition;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the machines of a pool one by one. Where the pool may have a machine more, each new one comes before an old one goes. Pods are
 * evicted as their budgets allow; after an hour the machine goes all the same. Stops at the first new machine that cannot be had.
 */
final class PoolRoll {
    private final GcpProject project;
    private final PoolMachines machines;
    private final NodePool wanted;
    private final List<String> old;
    private @Nullable Instant since;
    private Optional<StatusCondition> problem = Optional.empty();

    /** @param wanted the pool as it will be */
    PoolRoll(GcpProject project, PoolMachines machines, NodePool wanted) {
        this.project = project;
        this.machines = machines;
        this.wanted = wanted;
        this.old = machines.paths(wanted);
    }

    boolean surges() {
        return wanted.getUpgradeSettings().getMaxSurge() > 0;
    }

    Optional<StatusCondition> problem() {
        return problem;
    }

    /** Goes on as far as it can; true when it is over. */
    boolean proceed(Cluster cluster) {
        while (!old.isEmpty()) {
            if (since == null && !machines.paths(wanted).contains(old.get(0))) {
                old.remove(0);
                continue;
            }
            if (since == null) {
                problem = surges() ? machines.startOne(cluster, wanted) : Optional.empty();
                if (problem.isPresent()) {
                    return true;
                }
                since = project.now();
            }
            boolean late = project.now().isAfter(since.plus(Durations.DRAIN_PATIENCE));
            if (!machines.drained(cluster, old.get(0)) && !late) {
                return false;
            }
            machines.terminate(cluster, old.remove(0));
            since = null;
            problem = surges() ? Optional.empty() : machines.startOne(cluster, wanted);
            if (problem.isPresent()) {
                return true;
            }
        }
        return true;
    }
}
