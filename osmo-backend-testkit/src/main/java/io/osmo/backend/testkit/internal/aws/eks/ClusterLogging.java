// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.*;

/** Logs of control planes. */
final class ClusterLogging {
    private ClusterLogging() {}

    /** All types of logs, on or off, as EKS answers. */
    static Logging complete(@Nullable Logging wanted) {
        List<LogType> on = wanted == null
                ? List.of()
                : wanted.clusterLogging().stream()
                        .filter(l -> Boolean.TRUE.equals(l.enabled()))
                        .flatMap(l -> l.types().stream())
                        .sorted()
                        .toList();
        List<LogType> off = LogType.knownValues().stream()
                .filter(t -> !on.contains(t))
                .sorted()
                .toList();
        List<LogSetup> setups = new ArrayList<>();
        if (!on.isEmpty()) {
            setups.add(LogSetup.builder().types(on).enabled(true).build());
        }
        if (!off.isEmpty()) {
            setups.add(LogSetup.builder().types(off).enabled(false).build());
        }
        return Logging.builder().clusterLogging(setups).build();
    }

    /** Creates the log group of a cluster that has a log turned on. */
    static void createGroup(Eks eks, Cluster cluster) {
        boolean logs = cluster.logging().clusterLogging().stream().anyMatch(l -> Boolean.TRUE.equals(l.enabled()));
        if (logs) {
            eks.logs.create("/aws/eks/" + cluster.name() + "/cluster");
        }
    }
}
