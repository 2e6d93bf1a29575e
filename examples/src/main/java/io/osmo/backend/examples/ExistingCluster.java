// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Vantage;
import java.nio.file.Path;

/** Verifies a cluster that somebody else made, wherever a kubeconfig reaches it. */
public final class ExistingCluster {
    private ExistingCluster() {}

    /** Arguments: path of a kubeconfig, and one of its contexts. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("arguments: <kubeconfig> <context>");
        }
        Report report = verify(Path.of(arguments[0]), arguments[1]);
        System.out.println(report);
        System.exit(report.passed() ? 0 : 1);
    }

    static Report verify(Path kubeconfig, String context) {
        return BackendVerifier.standard().from(Vantage.KUBERNETES).verifyKubeconfig(kubeconfig, context);
    }

    /** The same, and what only pods inside the cluster can prove. */
    static Report probe(Path kubeconfig, String context) {
        try (Scheduler scheduler = Scheduler.system()) {
            return BackendVerifier.standard()
                    .from(Vantage.KUBERNETES, Vantage.PROBE)
                    .probes(Probes.builder(scheduler).build())
                    .verifyKubeconfig(kubeconfig, context);
        }
    }
}
