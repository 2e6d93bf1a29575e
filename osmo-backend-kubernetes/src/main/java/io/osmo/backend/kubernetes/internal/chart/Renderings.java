// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.chart.ChartRenderer;
import io.osmo.backend.kubernetes.chart.ChartRequest;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.spec.Chart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has charts rendered, by the renderer that is on the class path, or from a file that is already rendered. */
final class Renderings {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** What a cluster has that does not exist yet and of which the spec says no version: the oldest that OSMO runs on. */
    private static final String OLDEST = "1.30.0";

    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+).*");

    private final Supplier<Optional<ChartRenderer>> onClassPath;

    /** @param onClassPath finds what renders charts */
    Renderings(Supplier<Optional<ChartRenderer>> onClassPath) {
        this.onClassPath = onClassPath;
    }

    /** With the renderers that {@link ServiceLoader} finds. */
    static Renderings discovered() {
        return new Renderings(() -> ServiceLoader.load(ChartRenderer.class)
                .findFirst()
                .or(() -> ServiceLoader.load(ChartRenderer.class, ChartRenderer.class.getClassLoader())
                        .findFirst()));
    }

    /** Empty when the chart has to be rendered and nothing can do that. */
    Optional<ChartRenderer> renderer(Chart chart) {
        return RenderedFile.isMeant(chart) ? Optional.of(new RenderedFile()) : onClassPath.get();
    }

    /**
     * Renders a chart. Blocks.
     *
     * @param cluster what it is rendered for; empty when there is no cluster yet
     * @param siblings other releases of the backend
     * @throws IllegalArgumentException if what it gives are no Kubernetes objects
     */
    ChartPlan plan(
            ChartRenderer renderer,
            ChartValues derived,
            Chart chart,
            Optional<Target> cluster,
            Set<HelmRelease> siblings) {
        Map<String, @Nullable Object> values = RenderedFile.isMeant(chart) ? Map.of() : derived.of(chart);
        String version = cluster.map(Target::version)
                .orElseGet(() ->
                        derived.spec().kubernetesVersion().map(v -> v + ".0").orElse(OLDEST));
        RenderedChart rendered = renderer.render(new ChartRequest(
                chart, values, version, cluster.flatMap(t -> KubeconfigText.of(t.access())), DEADLINE));
        return new ChartPlan(
                chart,
                values,
                rendered,
                ChartPlan.objects(chart, rendered),
                Optional.empty(),
                Set.of(),
                Set.of(),
                siblings);
    }

    /**
     * Charts leave out what {@code lookup} finds in the cluster, such as a namespace that exists already. What this release itself has
     * created remains a part of it: otherwise one apply would delete it and the next one create it again. Blocks.
     *
     * @param plan rendered for a cluster
     * @param live what is in that cluster
     * @see <a href="https://github.com/kai-scheduler/KAI-Scheduler/tree/v0.17.0/deployments/kai-scheduler/templates/services">KAI
     *     Scheduler: resourcereservation-serviceaccount.yaml</a>
     */
    ChartPlan keepingOwn(ChartRenderer renderer, ChartPlan plan, LiveChart live, Target cluster) {
        Set<ChartObject.Key> missing = live.recordedKeys();
        plan.objects().forEach(object -> missing.remove(object.key()));
        if (missing.isEmpty() || RenderedFile.isMeant(plan.chart())) {
            return plan;
        }
        RenderedChart anywhere;
        try {
            anywhere = renderer.render(
                    new ChartRequest(plan.chart(), plan.values(), cluster.version(), Optional.empty(), DEADLINE));
        } catch (ChartException needsCluster) {
            return plan;
        }
        List<String> own = anywhere.objects().stream()
                .flatMap(text -> ChartYaml.objects(text).stream())
                .filter(object -> missing.contains(
                        ChartObject.of(object, plan.release(), false).key()))
                .map(ChartYaml::yaml)
                .toList();
        if (own.isEmpty()) {
            return plan;
        }
        RenderedChart rendered = plan.rendered().and(own);
        return plan.of(rendered);
    }

    /**
     * A cluster to render for.
     *
     * @param version of Kubernetes, such as {@code 1.33.4}
     */
    record Target(ClusterAccess access, String version) {
        static Target of(ClusterAccess access, KubernetesClient client) {
            String version = KubernetesCalls.call(
                    "get version", () -> client.getKubernetesVersion().getGitVersion());
            Matcher matcher = VERSION.matcher(version);
            return new Target(access, matcher.matches() ? matcher.group(1) : OLDEST);
        }
    }

    /** The same chart for a cluster that did not exist when it was rendered first; what was planned is what it must give. */
    ChartPlan again(ChartPlan known, ClusterAccess access, KubernetesClient client) {
        Chart chart = known.chart();
        Target target = Target.of(access, client);
        RenderedChart rendered = renderer(chart)
                .orElseThrow(() -> new IllegalStateException("the renderer is gone"))
                .render(new ChartRequest(chart, known.values(), target.version(), KubeconfigText.of(access), DEADLINE));
        if (!rendered.digest().equals(known.rendered().digest())) {
            throw CloudException.builder(CloudError.CONFLICT, "render " + chart.name())
                    .code("ChartChanged")
                    .message("the chart has changed since the plan was made: its digest was "
                            + known.rendered().digest() + " and is " + rendered.digest())
                    .remedy("Plan again, and set digest in the spec to be sure of the content.")
                    .build();
        }
        return known.of(rendered);
    }
}
