// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The software that makes GPUs visible to Kubernetes. */
final class GpuStack {
    private GpuStack() {}

    /** Whether it should be there: it is installed, or KAI or OSMO's operator is, which need it. */
    static Fact<Boolean> installed(Evidence evidence) {
        return visible(evidence)
                .flatMap(visible -> Kai.deployments(evidence)
                        .flatMap(kai -> OsmoOperator.all(evidence)
                                .map(operators -> visible || !kai.isEmpty() || !operators.isEmpty())));
    }

    private static Fact<Boolean> visible(Evidence evidence) {
        return evidence.gpuNodes()
                .flatMap(nodes -> evidence.snapshot()
                        .server()
                        .apiGroups()
                        .flatMap(groups -> evidence.snapshot()
                                .core()
                                .daemonSets()
                                .map(daemonSets -> groups.contains("nvidia.com")
                                        || daemonSets.stream()
                                                .anyMatch(d -> d.name().contains("nvidia"))
                                        || nodes.stream()
                                                .anyMatch(n -> n.capacity().containsKey("nvidia.com/gpu")))));
    }

    /** DaemonSets of NVIDIA's driver for dynamic resource allocation (DRA). */
    private static final Pattern DRA = Pattern.compile(".*(nvidia|gpu).*dra.*|.*dra.*(nvidia|gpu).*");

    /** What to do about GPUs that are missing: other than usual where DRA hands them out, which OSMO does not ask for. */
    static String remedy(Evidence evidence, String usual) {
        boolean dra = evidence.snapshot().core().daemonSets().known().orElse(List.of()).stream()
                .anyMatch(d -> d.wanted() > 0 && DRA.matcher(d.name()).matches());
        return dra
                ? "NVIDIA's DRA driver is installed, but OSMO requests nvidia.com/gpu: let the device plugin hand out the GPUs"
                        + " (GPU Operator: devicePlugin.enabled=true; DRA driver: resources.gpus.enabled=false). If it does: "
                        + usual
                : usual;
    }

    /** How many units of nvidia.com/gpu each GPU of a node counts as: more than one under time-slicing and MPS. */
    static long shares(NodeFacts node) {
        long replicas = Quantities.amount(node.label("nvidia.com/gpu.replicas")).orElse(1);
        long ofCloud = CloudServices.all().stream()
                .mapToLong(service -> service.gpuShares(node))
                .max()
                .orElse(1);
        return Math.max(1, Math.max(replicas, ofCloud));
    }

    /** Whether nvidia.com/gpu counts partitions: MIG with the strategy {@code single}. */
    static boolean countsPartitions(NodeFacts node) {
        return node.label("nvidia.com/gpu.product").contains("-MIG-")
                || CloudServices.all().stream()
                        .flatMap(service -> service.gpuSharing(node).stream())
                        .anyMatch(label -> label.contains("partition"));
    }

    /**
     * A version from the labels of GPU feature discovery; empty when there is none.
     *
     * @param what {@code driver} or {@code runtime}
     */
    static String version(NodeFacts node, String what) {
        String prefix = "nvidia.com/cuda." + what;
        String full = node.label(prefix + "-version.full");
        if (!full.isEmpty() || node.label(prefix + ".major").isEmpty()) {
            return full;
        }
        return Stream.of("major", "minor", "rev")
                .map(part -> node.label(prefix + "." + part))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
    }
}
