// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.Expectations;
import java.nio.file.Path;

/** A process of its own that runs probes in the cluster of a kubeconfig, until it is ended. */
public final class ProbesUntilSigterm {
    private ProbesUntilSigterm() {}

    public static void main(String[] arguments) {
        BackendVerifier.standard()
                .probes(Probes.builder(new SystemScheduler())
                        .only(Probe.NETWORK)
                        .build())
                .snapshotKubeconfig(Path.of(arguments[0]), Expectations.ofAnyBackend());
    }
}
