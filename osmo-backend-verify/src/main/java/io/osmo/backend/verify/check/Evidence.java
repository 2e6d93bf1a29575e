// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.rules.NodeScope;
import io.osmo.backend.verify.internal.values.Quantities;
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

/** The input of checks: a snapshot, and what several checks derive from it. Immutable. */
public final class Evidence {
    private final ClusterSnapshot snapshot;
    private final Fact<LocalDate> today;
    private final Set<String> gpuPools;
    private final Fact<List<NodeFacts>> usable;

    /** Evidence that is judged as of the day of the snapshot. */
    public Evidence(ClusterSnapshot snapshot) {
        this(snapshot, snapshot.server().time().map(time -> LocalDate.ofInstant(time, ZoneOffset.UTC)));
    }

    /** Evidence that is judged as of another day, in UTC. */
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
        this.usable = nodes(n -> outOfScope(n).isEmpty());
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

    /** Nodes that OSMO can use. Other nodes are irrelevant for the backend; see {@link #outOfScope}. */
    public Fact<List<NodeFacts>> nodes() {
        return usable;
    }

    /** All nodes of the cluster, for checks of things that OSMO does not restrict to the nodes that it can use. */
    public Fact<List<NodeFacts>> allNodes() {
        return snapshot.core().nodes();
    }

    /**
     * Why no pool of OSMO can use a node, in a few words; empty if one can. Windows nodes, virtual kubelets and nodes that
     * represent serverless pods are never used. If a spec and the cloud's pools are known, nodes without a {@code node-type}
     * that have a taint that the backend does not use are not used either.
     */
    public Optional<String> outOfScope(NodeFacts node) {
        Optional<String> unusable = NodeScope.unusable(node);
        return unusable.isPresent()
                        || !expectations().known()
                        || pools().known().isEmpty()
                        || expected(node).isPresent()
                        || isGpu(node)
                ? unusable
                : NodeScope.reserved(node);
    }

    /** Nodes labeled {@code node-type=operator} (OP-4). */
    public Fact<List<NodeFacts>> operatorNodes() {
        return usable.map(all -> all.stream().filter(Evidence::isOperator).toList());
    }

    /** Nodes with any other {@code node-type} (CN-3). */
    public Fact<List<NodeFacts>> computeNodes() {
        return usable.map(all -> all.stream().filter(Evidence::isCompute).toList());
    }

    /** Nodes with GPUs, whether or not the NVIDIA stack already reports them. */
    public Fact<List<NodeFacts>> gpuNodes() {
        return usable.map(all -> all.stream().filter(this::isGpu).toList());
    }

    public static boolean isOperator(NodeFacts node) {
        return node.nodeType().equals(PoolRole.OPERATOR.nodeType());
    }

    /** Whether a node has a {@code node-type} other than that of the operator. */
    public static boolean isCompute(NodeFacts node) {
        return !node.nodeType().isEmpty() && !isOperator(node);
    }

    public static boolean isOperator(CloudFacts.Pool pool) {
        return PoolRole.OPERATOR.nodeType().equals(pool.labels().get(NodeFacts.NODE_TYPE));
    }

    /** Whether a node has GPUs: by what it advertises, its labels, its pool or its instance type. */
    public boolean isGpu(NodeFacts node) {
        return node.nodeType().equals(PoolRole.GPU.nodeType())
                || Quantities.amount(node.capacity().getOrDefault("nvidia.com/gpu", ""))
                                .orElse(0)
                        > 0
                || node.label(NodeFacts.GPU_PRESENT).equals("true")
                || node.pool().filter(gpuPools::contains).isPresent()
                || CloudServices.any(service -> service.hasGpu(node));
    }

    /** The spec's pool that a node belongs to; empty if the cloud's pools do not show it. GPU pools are split by zone. */
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
        return allNodes().map(all -> all.stream().filter(filter).toList());
    }

    /** The cluster that was read. */
    @Override
    public String toString() {
        return "Evidence[" + snapshot + "]";
    }
}
