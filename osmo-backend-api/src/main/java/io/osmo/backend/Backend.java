// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.event.Event;
import io.osmo.backend.internal.engine.Apply;
import io.osmo.backend.internal.kubeconfig.KubeconfigWriter;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An existing backend, and how to reach it. Immutable; {@link #facts()} reads the cloud at each call. */
public final class Backend {
    private final BackendRef ref;
    private final Optional<BackendSpec> spec;
    private final Optional<ClusterAccess> access;
    private final List<Leftover> leftovers;
    private final List<ResourceOutcome> missing;
    private final List<Event.PoolFellBack> fallbacks;
    private final Supplier<CloudFacts> facts;

    /**
     * For the engine, the testkit, and hosts that know a backend from elsewhere.
     *
     * @param spec what was planned for it, when known
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
        this(ref, spec, access, leftovers, List.of(), List.of(), facts);
    }

    /** What an apply has made, with what a destruction has left behind. */
    static Backend of(BackendRef ref, Apply.Applied applied, List<Leftover> leftovers, Supplier<CloudFacts> facts) {
        return new Backend(
                ref, applied.spec(), applied.access(), leftovers, applied.missing(), applied.fallbacks(), facts);
    }

    private Backend(
            BackendRef ref,
            Optional<BackendSpec> spec,
            Optional<ClusterAccess> access,
            List<Leftover> leftovers,
            List<ResourceOutcome> missing,
            List<Event.PoolFellBack> fallbacks,
            Supplier<CloudFacts> facts) {
        this.ref = ref;
        this.spec = spec;
        this.access = access;
        this.leftovers = List.copyOf(leftovers);
        this.missing = List.copyOf(missing);
        this.fallbacks = List.copyOf(fallbacks);
        this.facts = facts;
    }

    public BackendRef ref() {
        return ref;
    }

    /**
     * Its spec. A pool for which an apply used an alternative is listed as that alternative. Empty if the backend was found or destroyed
     * by its reference.
     */
    public Optional<BackendSpec> spec() {
        return spec;
    }

    /** How to reach its cluster; empty when there is none. */
    public Optional<ClusterAccess> access() {
        return access;
    }

    /**
     * A kubeconfig with one context for its cluster, for tools such as {@code kubectl} and Helm. It is created when the secret is
     * revealed, is not stored, and contains credentials: a token that is valid for about 15 minutes (EKS) or an hour (GKE, AKS), or for
     * an existing cluster those of its kubeconfig. Empty if there is no cluster.
     */
    public Optional<Secret> kubeconfig() {
        return access.map(cluster -> Secret.of("kubeconfig of " + ref, () -> KubeconfigWriter.write(cluster)));
    }

    /**
     * A kubeconfig without credentials: tools that read it run the cloud's own program ({@code aws}, {@code gke-gcloud-auth-plugin} or
     * {@code kubelogin}), with the credentials of the person who uses it. It can be stored and shared. Empty if there is no cluster, or
     * if no program fetches tokens, as for existing clusters and for local accounts of AKS.
     */
    public Optional<String> pluginKubeconfig() {
        return access.flatMap(cluster -> cluster.plugin().map(plugin -> KubeconfigWriter.write(cluster, plugin)));
    }

    /** What a read found after the backend was destroyed; empty if nothing is left, or if it was not destroyed. */
    public List<Leftover> leftovers() {
        return leftovers;
    }

    /** Resources of pools with the failure policy {@code DEGRADE} that the apply could not create. */
    public List<ResourceOutcome> missing() {
        return missing;
    }

    /** The pools for which the apply found no capacity, and the alternatives that it tried, in that order. */
    public List<Event.PoolFellBack> fallbacks() {
        return fallbacks;
    }

    /** Reads what the cloud's own API says about it now. Blocks for a few calls; throws {@code OsmoBackendException} if they fail. */
    public CloudFacts facts() {
        return facts.get();
    }

    /** Its reference, how to reach its cluster, and everything that differs from the spec, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Backend " + ref);
        access.ifPresent(cluster -> text.append("\n  cluster ")
                .append(cluster.name())
                .append(" at ")
                .append(cluster.endpoint()));
        fallbacks.forEach(fallback -> text.append("\n  pool ")
                .append(fallback.pool())
                .append(": ")
                .append(fallback.to())
                .append(" instead of ")
                .append(fallback.from()));
        missing.forEach(outcome -> text.append("\n  missing ")
                .append(outcome.resource())
                .append(outcome.detail().isEmpty() ? "" : ": " + outcome.detail()));
        leftovers.forEach(leftover -> text.append("\n  left behind: ").append(leftover));
        return text.toString();
    }
}
