// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import io.osmo.backend.kubernetes.chart.ChartRenderer;
import io.osmo.backend.kubernetes.chart.ChartRequest;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A host's own renderer of charts: a chart is one ConfigMap with a part of its values. It is found as hosts' renderers are, by the class
 * loader of the thread, before Helm.
 */
public final class RecordingRenderer implements ChartRenderer {
    private static final List<Map<String, ?>> VALUES = new CopyOnWriteArrayList<>();

    /** Runs work with this renderer; gives the values of each rendering. */
    static List<Map<String, ?>> during(Path folder, Runnable work) throws IOException {
        Path services = Files.writeString(folder.resolve("services"), RecordingRenderer.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        VALUES.clear();
        thread.setContextClassLoader(new ClassLoader(usual) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals("META-INF/services/" + ChartRenderer.class.getName())
                        ? Collections.enumeration(List.of(services.toUri().toURL()))
                        : super.getResources(name);
            }
        });
        try {
            work.run();
            return List.copyOf(VALUES);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    @Override
    public RenderedChart render(ChartRequest request) {
        VALUES.add(request.values());
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: operator}\ndata: {values: '"
                + request.values().get("global") + "'}\n";
        return new RenderedChart(
                "backend-operator",
                "1.3.1",
                Optional.empty(),
                "sha256:" + "0".repeat(64),
                List.of(),
                List.of(map),
                List.of(),
                Optional.empty(),
                "{\"metadata\": {\"name\": \"backend-operator\", \"version\": \"1.3.1\"}}");
    }
}
