// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What checks judge: a snapshot, and what several checks derive from it. Immutable. */
public final class Evidence {
    private final ClusterSnapshot snapshot;
    private final Fact<LocalDate> today;
    private final Set<String> gpuPools;

    /** Judged as of the day on which the snapshot was taken. */
    public Evidence(ClusterSnapshot snapshot) {
        this(snapshot, snapshot.server().time().map(time -> LocalDate.ofInstant(time, ZoneOffset.UTC)));
    }

    /** Judged as if it were another day. */
    public Evidence(ClusterSnapshot snapshot, LocalDate day) {
        this(snapshot, Fact.of(day));
    }

    private Evidence(ClusterSnapshot snapshot, Fact<LocalDate> today) {
        this.snapshot = snapshot;
        this.today = today;
        this.gpuPools = pools().known().orElse(List.of()).stream()
                .filter(p -> p.machine().known().filter(m -> m.gpus() > 0).isPresent())
                .map(CloudFacts.Pool::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    public ClusterSnapshot snapshot() {
        return snapshot;
    }

    /** The day, in UTC, as of which versions, retirements and waivers are judged. */
    public Fact<LocalDate> today() {
        return today;
    }

    public Expectations expectations() {
        return snapshot.expectations();
    }

    /** Whether the snapshot was read from a vantage. */
    public boolean has(Vantage vantage) {
        return snapshot.vantages().contains(vantage);
    }

    public Fact<CloudFacts.ControlPlane> controlPlane() {
        return snapshot.cloud().flatMap(CloudFacts::controlPlane);
    }

    /** Pools as the cloud defines them. */
    public Fact<List<CloudFacts.Pool>> pools() {
        return snapshot.cloud().flatMap(CloudFacts::pools);
    }

    public Fact<CloudFacts.NetworkFacts> network() {
        return snapshot.cloud().flatMap(CloudFacts::network);
    }

    public Fact<List<NodeFacts>> nodes() {
        return snapshot.core().nodes();
    }

    /** Nodes labelled {@code node-type=operator} (OP-4). */
    public Fact<List<NodeFacts>> operatorNodes() {
        return nodes(Evidence::isOperator);
    }

    /** Nodes with any other {@code node-type} (CN-3). */
    public Fact<List<NodeFacts>> computeNodes() {
        return nodes(n -> !n.nodeType().isEmpty() && !isOperator(n));
    }

    /** Nodes with GPUs, whether or not the NVIDIA stack already reports them. */
    public Fact<List<NodeFacts>> gpuNodes() {
        return nodes(this::isGpu);
    }

    public static boolean isOperator(NodeFacts node) {
        return node.nodeType().equals(PoolRole.OPERATOR.nodeType());
    }

    public static boolean isOperator(CloudFacts.Pool pool) {
        return PoolRole.OPERATOR.nodeType().equals(pool.labels().get(NodeFacts.NODE_TYPE));
    }

    /** Whether a node has GPUs: by what it advertises, its labels, its pool or its instance type. */
    public boolean isGpu(NodeFacts node) {
        return node.nodeType().equals(PoolRole.GPU.nodeType())
                || node.capacity().containsKey("nvidia.com/gpu")
                || node.label(NodeFacts.GPU_PRESENT).equals("true")
                || node.pool().filter(gpuPools::contains).isPresent()
                || CloudServices.any(service -> service.hasGpu(node));
    }

    /** The spec's pool that a node belongs to, if the cloud's pools tell; GPU pools are split by zone. */
    public Optional<Expectations.Pool> expected(NodeFacts node) {
        return node.pool().flatMap(name -> {
            String wanted = pools().known().orElse(List.of()).stream()
                    .filter(p -> p.name().equals(name))
                    .flatMap(p -> p.specPool().stream())
                    .findFirst()
                    .orElse(name);
            return expectations().pools().stream()
                    .filter(p -> p.name().equals(wanted))
                    .findFirst();
        });
    }

    private Fact<List<NodeFacts>> nodes(Predicate<NodeFacts> filter) {
        return nodes().map(all -> all.stream().filter(filter).toList());
    }
}
