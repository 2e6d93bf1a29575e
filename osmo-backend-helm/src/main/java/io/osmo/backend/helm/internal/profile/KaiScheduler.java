// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.profile;

import io.osmo.backend.helm.internal.chart.ChartMetadata;
import io.osmo.backend.helm.internal.chart.Hook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.semver4j.Semver;

/**
 * KAI Scheduler. The chart's hooks apply its custom resource definitions, which this library does itself; copy the topologies of Kueue,
 * which a cluster for OSMO does not have; apply the object {@code Config} from which the operator starts the scheduler; and delete what
 * the operator has created. From 0.17 on, the chart can contain the Config as one of its objects. Before that, the Config is read from the
 * hook's ConfigMap. The chart's hooks for OpenShift are not supported.
 *
 * <p>OSMO's values for KAI are included: gangs with finished members are kept, preemption can be distinguished from failure, and pods with
 * GPUs get no RuntimeClass, which a cluster may not have. Charts before 0.13 always use the RuntimeClass {@code nvidia}; charts before
 * 0.15 have no values for flags.
 *
 * @see <a href="https://github.com/kai-scheduler/KAI-Scheduler/tree/v0.17.0/deployments/kai-scheduler/templates/hooks">hooks of
 *     0.17.0</a>
 * @see <a href="https://github.com/kai-scheduler/KAI-Scheduler/blob/v0.17.0/docs/gitops/README.md">kaiConfig.render</a>
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/99b29c1e/deployments/charts/osmo/examples/kai-values.yaml">OSMO's values for
 *     KAI</a>
 */
final class KaiScheduler extends ChartProfile {
    private static final Map<String, Object> OFF = Map.of("enabled", false);
    private static final String CONFIG = "kai-config-manifest";
    private static final Set<String> NEEDLESS = Set.of(
            "crd-upgrader",
            "kai-scheduler-crd-manager",
            "kai-config-deployer",
            "kai-scheduler-config-deployer",
            CONFIG);

    private final ChartMetadata chart;

    KaiScheduler(ChartMetadata chart) {
        this.chart = chart;
    }

    @Override
    boolean applies() {
        return chart.name().equals("kai-scheduler");
    }

    @Override
    Map<String, ?> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("topologyMigration", OFF);
        values.put("postCleanup", OFF);
        if (isAtLeast("0.17.0")) {
            values.put("kaiConfigDeployer", OFF);
            values.put("kaiConfig", Map.of("render", true));
        }
        Map<String, Object> scheduler = new LinkedHashMap<>();
        scheduler.put("actions", Map.of("stalegangeviction", OFF));
        if (isAtLeast("0.15.0")) {
            scheduler.put(
                    "args", Map.of("default-staleness-grace-period", "3m", "update-pod-eviction-condition", "true"));
        }
        values.put("scheduler", scheduler);
        values.put("admission", Map.of("gpuPodRuntimeClassName", ""));
        return values;
    }

    private boolean isAtLeast(String first) {
        Semver version = Semver.coerce(chart.version());
        return version != null && version.isGreaterThanOrEqualTo(first);
    }

    @Override
    public boolean makesNeedless(Hook hook) {
        return NEEDLESS.contains(hook.name());
    }

    @Override
    public List<String> objects(List<Hook> hooks) {
        return hooks.stream()
                .filter(hook -> hook.name().equals(CONFIG))
                .map(hook -> hook.object()
                        .path("data")
                        .path("kai-config.yaml")
                        .asText("")
                        .strip())
                .filter(config -> !config.isEmpty())
                .toList();
    }
}
