// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Leftover;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A backend as it stands, and how to reach it. Immutable; {@link #facts()} reads the cloud anew at each call. */
public final class Backend {
    private final BackendRef ref;
    private final Optional<BackendSpec> spec;
    private final Optional<ClusterAccess> access;
    private final List<Leftover> leftovers;
    private final Supplier<CloudFacts> facts;

    /**
     * For the engine, the test kit and hosts that know a backend by other means.
     *
     * @param spec what was wanted of it, when known
     * @param access empty when there is no cluster
     * @param leftovers what a destroyed backend has left behind
     * @param facts reads the cloud; may throw {@code OsmoBackendException}
     */
    public Backend(
            BackendRef ref,
            Optional<BackendSpec> spec,
            Optional<ClusterAccess> access,
            List<Leftover> leftovers,
            Supplier<CloudFacts> facts) {
        this.ref = ref;
        this.spec = spec;
        this.access = access;
        this.leftovers = List.copyOf(leftovers);
        this.facts = facts;
    }

    public BackendRef ref() {
        return ref;
    }

    public Optional<BackendSpec> spec() {
        return spec;
    }

    public Optional<ClusterAccess> access() {
        return access;
    }

    public List<Leftover> leftovers() {
        return leftovers;
    }

    /** What the cloud's own API says about it now. Blocks for a few calls. */
    public CloudFacts facts() {
        return facts.get();
    }

    @Override
    public String toString() {
        return "Backend[" + ref + "]";
    }
}
