// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.util.Map;

/** Runs a command, in real time, against a cluster whose API server is too busy to create anything: an apply goes on for minutes. */
final class BusyCluster {
    private BusyCluster() {}

    public static void main(String[] arguments) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                SystemScheduler scheduler = new SystemScheduler()) {
            EmulatedExisting cluster = (EmulatedExisting) clouds.cloud("existing");
            cluster.nodes(1, "lab-8", Map.of("node-type", "compute"));
            cluster.faults().onCalls(call -> !call.reads()).times(1000).throttle();
            System.exit(new Shell(
                            Console.ofThisProcess(),
                            host -> clouds.open(builder -> host.apply(builder).scheduler(scheduler)))
                    .run(arguments));
        }
    }
}
