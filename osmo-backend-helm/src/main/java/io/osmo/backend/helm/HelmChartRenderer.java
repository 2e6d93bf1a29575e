// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.helm.internal.chart.Documents;
import io.osmo.backend.helm.internal.chart.Inventory;
import io.osmo.backend.helm.internal.chart.ReleaseChart;
import io.osmo.backend.helm.internal.child.RenderAnswer;
import io.osmo.backend.helm.internal.child.RenderRequest;
import io.osmo.backend.helm.internal.files.WorkFolder;
import io.osmo.backend.helm.internal.process.RenderProcess;
import io.osmo.backend.helm.internal.profile.ChartProfile;
import io.osmo.backend.helm.internal.source.ChartSource;
import io.osmo.backend.kubernetes.chart.ChartHook;
import io.osmo.backend.kubernetes.chart.ChartRenderer;
import io.osmo.backend.kubernetes.chart.ChartRequest;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import io.osmo.backend.spec.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Renders charts with Helm 3.21, embedded as a native library, in a separate process that ends after the rendering. That process gets the
 * chart, its values and the kubeconfig if there is one, but nothing of the host's environment. Its files are in a temporary folder that
 * only this user can read, and that is deleted afterward. The charts are fetched by the host's own process.
 *
 * <p>For known charts, values are added that make hooks unnecessary; values of the request override them. The remaining hooks are
 * returned, except those for {@code helm test}. Safe for concurrent use; each rendering takes about a second of processor time, 300 MB of
 * memory and 200 MB of temporary space.
 */
public final class HelmChartRenderer implements ChartRenderer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHART = "chart";
    private static final String INVENTORY = "inventory";
    private static final String VALUES = "values.json";

    private final ChartSource source = new ChartSource();

    /** For {@link java.util.ServiceLoader}. */
    public HelmChartRenderer() {}

    /**
     * {@inheritDoc}
     *
     * @throws ChartException if the chart cannot be fetched, is not the one of the spec, or is refused by Helm
     * @throws io.osmo.backend.error.DeadlineExceededException if a download, or the rendering, takes longer than the deadline
     * @throws io.osmo.backend.error.OperationCancelledException if this thread was interrupted; its interrupt flag is set again
     */
    @Override
    public RenderedChart render(ChartRequest request) {
        try (WorkFolder work = WorkFolder.create()) {
            Path folder = work.resolve(CHART);
            ChartSource.Fetched fetched = source.fetch(request.chart(), folder, request.deadline());
            ChartProfile profile = ChartProfile.of(fetched.metadata());
            // A word that no chart can hold, since it is made of the chart's digest.
            String mark = "osmo-" + fetched.digest().substring("sha256:".length());
            Inventory.prepare(folder, work.resolve(INVENTORY), mark);
            JSON.writeValue(work.resolve(VALUES).toFile(), profile.under(request.values()));
            RenderAnswer answer = new RenderProcess(work, question(request), request.deadline()).run();
            Inventory inventory = Inventory.parse(Objects.requireNonNull(answer.inventory()), mark);
            List<String> objects = new ArrayList<>(Documents.of(Objects.requireNonNull(answer.manifest())));
            objects.addAll(profile.objects(inventory.hooks()));
            return new RenderedChart(
                    fetched.metadata().name(),
                    fetched.metadata().version(),
                    fetched.metadata().appVersion(),
                    fetched.digest(),
                    inventory.crds(),
                    objects,
                    hooks(profile, inventory),
                    Optional.of(inventory.notes()).filter(notes -> !notes.isEmpty()),
                    ReleaseChart.json(folder, fetched.metadata(), inventory.values()));
        } catch (IOException e) {
            throw new ChartException(
                    "the chart of " + request.chart().name() + " cannot be rendered: " + e.getMessage(),
                    "Make room in the temporary folder (-Djava.io.tmpdir), and check that the chart's files are text.",
                    e);
        }
    }

    private static RenderRequest question(ChartRequest request) {
        return new RenderRequest(
                request.chart().name(),
                request.chart().namespace(),
                request.kubernetesVersion(),
                CHART,
                INVENTORY,
                VALUES,
                request.kubeconfig().map(Secret::reveal).orElse(null));
    }

    private static List<ChartHook> hooks(ChartProfile profile, Inventory inventory) {
        return inventory.hooks().stream()
                .filter(hook -> !profile.makesNeedless(hook))
                .map(hook -> new ChartHook(hook.kind(), hook.name(), hook.events()))
                .toList();
    }
}
