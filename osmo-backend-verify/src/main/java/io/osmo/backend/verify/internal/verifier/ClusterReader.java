// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.verifier;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.Backend;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.verify.internal.probe.ProbeRun;
import io.osmo.backend.verify.internal.read.OperatorToken;
import io.osmo.backend.verify.internal.read.OsmoName;
import io.osmo.backend.verify.internal.read.OsmoReader;
import io.osmo.backend.verify.internal.read.SnapshotReader;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes snapshots.
 *
 * @param vantages where to look from
 * @param deadline how long reading the Kubernetes API may take
 * @param pageSize objects per page of a list
 * @param probes which probes to run; none when it is empty
 * @param osmo the OSMO service to ask; none when it is empty
 */
public record ClusterReader(
        Set<Vantage> vantages,
        Duration deadline,
        int pageSize,
        Optional<Probes> probes,
        Optional<OsmoServiceClient> osmo) {
    private static final String NOT_READ = "not looked at";

    public ClusterReader {
        vantages = Set.copyOf(vantages);
    }

    public static ClusterReader standard() {
        return new ClusterReader(
                EnumSet.allOf(Vantage.class), Duration.ofMinutes(2), 2_000, Optional.empty(), Optional.empty());
    }

    /** @throws IllegalArgumentException when none is given */
    public ClusterReader from(Vantage... wanted) {
        if (wanted.length == 0) {
            throw new IllegalArgumentException("a cluster is looked at from at least one vantage");
        }
        return new ClusterReader(Set.of(wanted), deadline, pageSize, probes, osmo);
    }

    public ClusterReader deadline(Duration limit) {
        return new ClusterReader(vantages, limit, pageSize, probes, osmo);
    }

    /** @throws IllegalArgumentException when it is less than 1 */
    public ClusterReader pageSize(int objects) {
        if (objects < 1) {
            throw new IllegalArgumentException("a page has at least 1 object, not " + objects);
        }
        return new ClusterReader(vantages, deadline, objects, probes, osmo);
    }

    public ClusterReader probes(Probes wanted) {
        return new ClusterReader(vantages, deadline, pageSize, Optional.of(wanted), osmo);
    }

    public ClusterReader osmo(OsmoServiceClient service) {
        return new ClusterReader(vantages, deadline, pageSize, probes, Optional.of(service));
    }

    public ClusterSnapshot read(Backend backend) {
        return withOsmo(
                readCluster(backend),
                backend.spec().flatMap(OsmoName::of),
                backend.access().map(access -> () -> KubernetesClients.open(access)));
    }

    private ClusterSnapshot readCluster(Backend backend) {
        String name = backend.ref().toString();
        Expectations expectations = backend.spec().map(Expectations::of).orElseGet(Expectations::ofAnyBackend);
        Optional<ClusterAccess> access = backend.access();
        if (access.isEmpty()) {
            return SnapshotReader.unread(
                    name,
                    among(Vantage.CLOUD, Vantage.KUBERNETES),
                    expectations,
                    cloud(backend),
                    "the backend has no cluster that answers");
        }
        if (!vantages.contains(Vantage.KUBERNETES)) {
            return SnapshotReader.unread(name, among(Vantage.CLOUD), expectations, cloud(backend), NOT_READ);
        }
        return read(
                () -> KubernetesClients.open(access.get()),
                client -> name,
                expectations,
                () -> cloud(backend),
                among(Vantage.CLOUD, Vantage.KUBERNETES));
    }

    public ClusterSnapshot read(ClusterAccess access, Expectations expectations) {
        return readCluster(() -> KubernetesClients.open(access), client -> access.name(), expectations);
    }

    /** Reads the cluster of a kubeconfig. A cluster without a name of its own has the name of the kubeconfig's context. */
    public ClusterSnapshot readKubeconfig(Supplier<KubernetesClient> client, Expectations expectations) {
        return readCluster(
                client, opened -> opened.getConfiguration().getCurrentContext().getName(), expectations);
    }

    private ClusterSnapshot readCluster(
            Supplier<KubernetesClient> client, Function<KubernetesClient, String> name, Expectations expectations) {
        return withOsmo(
                read(client, name, expectations, () -> Fact.unknown(NOT_READ), among(Vantage.KUBERNETES)),
                Optional.empty(),
                Optional.of(client));
    }

    /** Reads the Kubernetes API and the cloud's API at the same time. */
    private ClusterSnapshot read(
            Supplier<KubernetesClient> clients,
            Function<KubernetesClient, String> name,
            Expectations expectations,
            Supplier<Fact<CloudFacts>> cloud,
            Set<Vantage> seenFrom) {
        try (KubernetesClient client = clients.get()) {
            SnapshotReader reader = new SnapshotReader(client, expectations, pageSize);
            ClusterSnapshot snapshot = reader.await(name.apply(client), seenFrom, cloud.get(), deadline);
            return probes.filter(p -> vantages.contains(Vantage.PROBE))
                    .map(p -> snapshot.withProbes(ProbeRun.run(client, p, snapshot)))
                    .orElse(snapshot);
        }
    }

    /** Adds what the OSMO service says of the backend that the spec names, or else of the one that the cluster's operator names. */
    private ClusterSnapshot withOsmo(
            ClusterSnapshot snapshot, Optional<OsmoName> wanted, Optional<Supplier<KubernetesClient>> clients) {
        if (osmo.isEmpty() || !vantages.contains(Vantage.OSMO)) {
            return snapshot;
        }
        Supplier<Fact<Secret>> token = () -> clients.filter(opens -> vantages.contains(Vantage.KUBERNETES))
                .map(opens -> OperatorToken.of(snapshot, opens))
                .orElseGet(() -> Fact.unknown(NOT_READ));
        Fact<OsmoFacts> said = wanted.or(() -> OsmoName.of(snapshot))
                .map(name -> Fact.of(new OsmoReader(osmo.get(), name, token).read()))
                .orElseGet(() -> Fact.unknown(
                        "the backend's name in OSMO is not known: there is no spec with osmo, and no operator in the cluster",
                        "Verify a backend that has a spec with osmo, or install OSMO's operator first."));
        return snapshot.withOsmo(said);
    }

    private Fact<CloudFacts> cloud(Backend backend) {
        if (!vantages.contains(Vantage.CLOUD)) {
            return Fact.unknown(NOT_READ);
        }
        try {
            return Fact.of(backend.facts());
        } catch (OsmoBackendException e) {
            return Fact.unknown(String.valueOf(e.getMessage()));
        }
    }

    /** Those of these vantages that are wanted. */
    private Set<Vantage> among(Vantage... possible) {
        Set<Vantage> both = new HashSet<>(Set.of(possible));
        both.retainAll(vantages);
        return both;
    }
}
