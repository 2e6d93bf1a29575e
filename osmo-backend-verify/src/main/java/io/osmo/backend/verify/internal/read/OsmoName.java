// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import java.util.Optional;

/**
 * What to look for in the OSMO service.
 *
 * @param backend name of the backend
 * @param pool the pool that the spec names, if there is a spec
 * @param release the release that the spec names, if it does
 */
public record OsmoName(String backend, Optional<String> pool, Optional<String> release) {
    /** As a spec says. */
    public static Optional<OsmoName> of(BackendSpec spec) {
        return spec.osmo()
                .map(osmo -> new OsmoName(
                        osmo.backendName().orElse(spec.name()), Optional.of(osmo.poolName()), osmo.release()));
    }

    /** As the operator in the cluster is configured; empty if none is installed, or if it could not be read. */
    public static Optional<OsmoName> of(ClusterSnapshot snapshot) {
        return OsmoOperator.of(new Evidence(snapshot)).known().stream()
                .flatMap(deployments -> deployments.stream())
                .flatMap(deployment -> OsmoOperator.main(deployment).flag("backend").stream())
                .findFirst()
                .map(backend -> new OsmoName(backend, Optional.empty(), Optional.empty()));
    }
}
