// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.error.Violation;
import io.osmo.backend.kubernetes.chart.ChartHook;
import io.osmo.backend.kubernetes.chart.KnownChart;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spi.provider.PlainText;
import io.osmo.backend.values.GpuOperatorValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a plan finds wrong with a chart of the spec. */
final class ChartViolations {
    private static final int LONGEST = 500;
    private static final String STORED_VERSIONS = "status.storedVersions";

    /**
     * @see <a
     *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/">versions
     *     of definitions</a>
     */
    private static final String MIGRATE =
            "Install a version of the chart that has both, let its operator write all objects again, and remove "
                    + "the old version from status.storedVersions of the definition.";

    private final String path;
    private final Chart chart;
    private final List<Violation> violations = new ArrayList<>();

    ChartViolations(int index, Chart chart) {
        this.path = "charts[" + index + "].";
        this.chart = chart;
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }

    void noRenderer() {
        add(
                "location",
                chart.location(),
                "a .yaml file of rendered manifests, as long as nothing on the class path renders charts",
                "Add io.osmo.backend:osmo-backend-helm to the dependencies.");
    }

    void noObjects(String why) {
        add("location", chart.location() + ": " + why, "a chart of Kubernetes objects", "Correct the chart.");
    }

    /** Hooks of tests are run by {@code helm test} only, so they are none that an installation lacks. */
    void hooks(List<ChartHook> hooks) {
        List<ChartHook> needed = hooks.stream()
                .filter(hook -> !hook.events().stream().allMatch(event -> event.startsWith("test")))
                .toList();
        if (!needed.isEmpty()) {
            add(
                    "location",
                    "a chart with hooks: "
                            + needed.stream().map(ChartHook::toString).collect(Collectors.joining(", ")),
                    "a chart that needs no hooks, since they are not run",
                    "Turn them off by the chart's values, and do by other means what they do.");
        }
    }

    void unknownKinds(List<String> kinds) {
        if (!kinds.isEmpty()) {
            add(
                    "location",
                    "a chart with objects of " + String.join(", ", kinds),
                    "kinds that the cluster serves or a chart of the spec defines",
                    "Add the chart that defines them, or turn these objects off by the chart's values.");
        }
    }

    void missingNamespaces(List<String> names) {
        if (!names.isEmpty()) {
            add(
                    "location",
                    "a chart with objects in the namespace " + String.join(", ", names),
                    "namespaces that exist, or that the spec or one of its charts creates",
                    "Create the namespace first (kubectl create namespace), or correct it by the chart's values.");
        }
    }

    /** The release that is installed first would own them, and the other one could not be installed. */
    void shared(HelmRelease other, List<String> objects) {
        if (!objects.isEmpty()) {
            add(
                    "location",
                    "a chart with " + String.join(", ", objects) + ", as the release " + other + " has",
                    "objects that no other chart of the spec has",
                    "Turn them off by the values of one of the two.");
        }
    }

    /** Without its record, neither Helm nor this library could uninstall a release. */
    void tooLarge(int bytes) {
        if (bytes > ReleaseWriter.LARGEST) {
            add(
                    "location",
                    "a chart with a release record of " + bytes + " bytes",
                    "at most " + ReleaseWriter.LARGEST + ", which a Secret holds",
                    "Leave files out of the chart (.helmignore), or split it.");
        }
    }

    void refused(List<String> refusals) {
        refusals.forEach(refusal -> {
            if (refusal.contains(STORED_VERSIONS)) {
                add("version", refusal, "definitions with all versions in which objects may be stored", MIGRATE);
            } else {
                add("values", refusal, "objects that the cluster accepts", "Correct the values of the chart.");
            }
        });
    }

    /** Driver, toolkit and device plugin of GPU nodes have one owner each. */
    void gpuOwners(ChartValues values) {
        if (KnownChart.GPU_OPERATOR.is(chart)) {
            values.gpuStack()
                    .ifPresent(stack ->
                            violations.addAll(GpuOperatorValues.violations(stack, chart.values(), path + "values")));
        }
        if (KnownChart.DEVICE_PLUGIN.is(chart)) {
            otherPlugin(values)
                    .ifPresent(owner -> add(
                            "location",
                            chart.location() + ", which leaves the device plugin of GPU nodes with two owners",
                            "no chart with a device plugin: " + owner + " installs it",
                            "Remove the chart."));
        }
    }

    /** Who else installs the device plugin, for a chart that installs nothing but the device plugin. */
    private static Optional<GpuStack.Owner> otherPlugin(ChartValues values) {
        GpuStack stack = values.gpuStack().orElseGet(GpuStack::ofOperator);
        if (!stack.leftToOperator(Part.DEVICE_PLUGIN)) {
            return Optional.of(stack.owner(Part.DEVICE_PLUGIN));
        }
        return values.spec().charts().stream()
                .filter(KnownChart.GPU_OPERATOR::is)
                .filter(other -> GpuOperatorValues.installs(Part.DEVICE_PLUGIN, stack, other.values()))
                .map(other -> GpuStack.Owner.GPU_OPERATOR)
                .findFirst();
    }

    private void add(String field, String given, String allowed, String remedy) {
        violations.add(new Violation(path + field, Optional.empty(), PlainText.of(given, LONGEST), allowed, remedy));
    }
}
