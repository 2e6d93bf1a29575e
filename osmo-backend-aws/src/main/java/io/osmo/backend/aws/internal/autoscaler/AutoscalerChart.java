// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.autoscaler;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.error.Violation;
import io.osmo.backend.kubernetes.chart.KnownChart;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cluster Autoscaler as a chart of the spec, configured like the one that this library installs. A cluster has only one of them.
 *
 * @see <a href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/charts/cluster-autoscaler/values.yaml">Values
 *     of the chart</a>
 */
public final class AutoscalerChart {
    private AutoscalerChart() {}

    /** Values for the chart. */
    public static Map<String, ?> values(BackendSpec spec, String region, KubernetesVersion kubernetes) {
        return Map.ofEntries(
                Map.entry("cloudProvider", "aws"),
                Map.entry("awsRegion", region),
                Map.entry("autoDiscovery", Map.of("clusterName", spec.name())),
                Map.entry("image", Map.of("tag", AutoscalerImage.tag(kubernetes))),
                Map.entry("rbac", Map.of("serviceAccount", Map.of("create", false, "name", AutoscalerAccess.NAME))),
                Map.entry(
                        "extraArgs",
                        Map.of(
                                "expander", "least-waste",
                                "balance-similar-node-groups", true,
                                "skip-nodes-with-local-storage", false,
                                "skip-nodes-with-system-pods", false)),
                Map.entry(
                        "nodeSelector",
                        spec.operatorPool().map(NodePool::labels).orElse(Map.of())),
                Map.entry("tolerations", tolerations(spec)),
                Map.entry(
                        "resources",
                        Map.of(
                                "requests", Map.of("cpu", "100m", "memory", "600Mi"),
                                "limits", Map.of("memory", "600Mi"))),
                Map.entry(
                        "securityContext",
                        Map.of(
                                "runAsNonRoot",
                                true,
                                "runAsUser",
                                ClusterAutoscaler.NOBODY,
                                "fsGroup",
                                ClusterAutoscaler.NOBODY,
                                "seccompProfile",
                                Map.of("type", "RuntimeDefault"))),
                Map.entry(
                        "containerSecurityContext",
                        Map.of(
                                "allowPrivilegeEscalation",
                                false,
                                "readOnlyRootFilesystem",
                                true,
                                "capabilities",
                                Map.of("drop", List.of("ALL")))));
    }

    private static List<Map<String, String>> tolerations(BackendSpec spec) {
        return spec.operatorPool().map(NodePool::taints).orElse(List.of()).stream()
                .map(taint -> Map.of(
                        "key",
                        taint.key(),
                        "operator",
                        "Exists",
                        "effect",
                        taint.effect().kubernetes()))
                .toList();
    }

    /** A cluster has one autoscaler, and the chart is where its service account is. */
    static List<Violation> validate(BackendSpec spec) {
        Autoscaler autoscaler = EksSettings.of(spec.settings()).autoscaler();
        List<Integer> charts = IntStream.range(0, spec.charts().size())
                .filter(i -> KnownChart.CLUSTER_AUTOSCALER.is(spec.charts().get(i)))
                .boxed()
                .toList();
        List<Violation> violations = new ArrayList<>();
        if (autoscaler == Autoscaler.CHART && charts.isEmpty()) {
            violations.add(violation(
                    "settings.autoscaler",
                    "CHART, and no chart cluster-autoscaler among charts",
                    "CHART with that chart",
                    "Add the chart to charts, or set CLUSTER_AUTOSCALER to have it installed without one."));
        }
        for (int i : charts) {
            Chart chart = spec.charts().get(i);
            String path = "charts[" + i + "]";
            if (autoscaler == Autoscaler.CLUSTER_AUTOSCALER || i != charts.get(0)) {
                violations.add(violation(
                        path,
                        chart.name() + ", which is a second Cluster Autoscaler",
                        "one Cluster Autoscaler in a cluster",
                        autoscaler == Autoscaler.CLUSTER_AUTOSCALER
                                ? "Set settings.autoscaler to CHART, or remove the chart."
                                : "Remove the chart."));
            } else if (autoscaler == Autoscaler.CHART && !chart.namespace().equals(AutoscalerAccess.NAMESPACE)) {
                violations.add(violation(
                        path + ".namespace",
                        chart.namespace(),
                        AutoscalerAccess.NAMESPACE + ", where the service account with its permissions is",
                        "Set namespace: " + AutoscalerAccess.NAMESPACE + "."));
            }
        }
        return violations;
    }

    private static Violation violation(String path, String given, String allowed, String remedy) {
        return new Violation(path, Optional.of(Requirement.CN_2.id()), given, allowed, remedy);
    }
}
