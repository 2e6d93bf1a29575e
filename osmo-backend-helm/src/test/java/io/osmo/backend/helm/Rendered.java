// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm;

import io.osmo.backend.kubernetes.chart.ChartRenderer;
import io.osmo.backend.kubernetes.chart.ChartRequest;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.ChartBuilder;
import io.osmo.backend.spec.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Renders as the engine does: a chart of a spec, by the renderer that ServiceLoader finds. */
public final class Rendered {
    public static final Duration LONG = Duration.ofSeconds(60);

    private Rendered() {}

    public static Chart chart(Consumer<ChartBuilder> settings) {
        return BackendSpec.builder("train-west")
                .on("existing", "local")
                .computePool("cpu", pool -> pool.instanceType("any").scale(1, 1))
                .chart("release", settings)
                .build()
                .charts()
                .get(0);
    }

    public static RenderedChart render(Consumer<ChartBuilder> settings, Map<String, Object> values) {
        return render(new ChartRequest(chart(settings), values, "1.33.4", Optional.empty(), LONG));
    }

    public static RenderedChart render(Chart chart, Secret kubeconfig) {
        return render(new ChartRequest(chart, Map.of(), "1.33.4", Optional.of(kubeconfig), LONG));
    }

    public static RenderedChart render(ChartRequest request) {
        return ServiceLoader.load(ChartRenderer.class).findFirst().orElseThrow().render(request);
    }

    /** What renderings of a process have left in the temporary folder. */
    public static List<Path> remains(long pid) {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("osmo-backend-helm-" + pid + "-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
