// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rendered chart.
 *
 * @param name name of the chart, as its metadata has it
 * @param version version of the chart
 * @param appVersion version of the application that it installs; empty if the chart does not say
 * @param digest {@code sha256:} and the digest of its archive; for a directory or rendered manifests, of their content
 * @param crds YAML documents of the folder {@code crds/}
 * @param objects YAML documents of all other objects in Helm's order, without hooks
 * @param hooks objects that Helm creates only at certain events
 * @param notes the notes of the chart for its user; empty if it has none
 * @param chart the chart as Helm keeps it in a release, in JSON: metadata, templates, values, files
 */
public record RenderedChart(
        String name,
        String version,
        Optional<String> appVersion,
        String digest,
        List<String> crds,
        List<String> objects,
        List<ChartHook> hooks,
        Optional<String> notes,
        String chart) {
    public RenderedChart {
        crds = List.copyOf(crds);
        objects = List.copyOf(objects);
        hooks = List.copyOf(hooks);
    }

    /** With further objects. */
    public RenderedChart and(List<String> further) {
        List<String> all = new ArrayList<>(objects);
        all.addAll(further);
        return new RenderedChart(name, version, appVersion, digest, crds, all, hooks, notes, chart);
    }

    /** Without its objects: there may be Secrets among them. */
    @Override
    public String toString() {
        return name + "-" + version + " " + digest;
    }
}
