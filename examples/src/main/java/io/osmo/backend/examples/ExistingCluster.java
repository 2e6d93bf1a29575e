// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** Verifies any cluster that a kubeconfig gives access to, no matter who created it. */
public final class ExistingCluster {
    private ExistingCluster() {}

    /** Arguments: path of a kubeconfig, and optionally a context; default: the current context. */
    public static void main(String[] arguments) {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("Arguments: <kubeconfig> [<context>]");
            System.exit(2);
        }
        try {
            Path kubeconfig = Path.of(arguments[0]);
            Report report = arguments.length == 2 ? verify(kubeconfig, arguments[1]) : verify(kubeconfig);
            System.out.println(report);
            System.exit(report.passed() ? 0 : 1);
        } catch (OsmoBackendException e) {
            System.err.println(e.getMessage() + "\n" + e.remedy());
            System.exit(2);
        }
    }

    private static Report verify(Path kubeconfig) {
        return BackendVerifier.standard().from(Vantage.KUBERNETES).verifyKubeconfig(kubeconfig);
    }

    static Report verify(Path kubeconfig, String context) {
        return BackendVerifier.standard().from(Vantage.KUBERNETES).verifyKubeconfig(kubeconfig, context);
    }

    /** Before OSMO is installed: excludes and waives checks, writes an HTML page, and prints upcoming changes. */
    static void beforeOsmo(Path kubeconfig, Path page) throws IOException {
        BackendVerifier verifier = BackendVerifier.standard()
                .from(Vantage.KUBERNETES)
                .without("operator.*", "kai.*")
                .waive(new Waiver("node.pressure", "larger disks are on their way, OPS-12", LocalDate.of(2027, 1, 31)));
        ClusterSnapshot snapshot = verifier.snapshotKubeconfig(kubeconfig, Expectations.ofAnyBackend());
        Report report = verifier.verify(snapshot);
        Files.writeString(page, report.toHtml());
        verifier.outlook(snapshot, LocalDate.of(2027, 12, 31)).forEach(System.out::println);
        report.requirePassed();
    }

    /** Tests what can only be tested from pods in the cluster. */
    static Report probe(Path kubeconfig, String context) {
        try (Scheduler scheduler = new SystemScheduler()) {
            return BackendVerifier.standard()
                    .from(Vantage.KUBERNETES, Vantage.PROBE)
                    .probes(Probes.builder(scheduler).build())
                    .verifyKubeconfig(kubeconfig, context);
        }
    }
}
