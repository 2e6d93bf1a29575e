// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.ChartBuilder;
import io.osmo.backend.spec.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A chart as it is written in a document. */
final class ChartDocument {
    private ChartDocument() {}

    /** @param secret reads the reference to a secret under a name */
    static void read(Fields fields, ChartBuilder chart, Function<String, Optional<Secret>> secret) {
        fields.text("namespace").ifPresent(chart::namespace);
        fields.text("location").ifPresent(chart::location);
        fields.text("chart").ifPresent(chart::chart);
        fields.text("version").ifPresent(chart::version);
        fields.text("digest").ifPresent(chart::digest);
        fields.tree("values").ifPresent(chart::values);
        fields.together("username", "password");
        Optional<String> username = fields.text("username");
        Optional<Secret> password = secret.apply("password");
        if (username.isPresent() && password.isPresent()) {
            chart.credentials(username.get(), password.get());
        }
        fields.integer("deadlineMinutes").ifPresent(chart::deadlineMinutes);
        fields.word("onFailure", Chart.OnFailure.class).ifPresent(chart::onFailure);
        fields.bool("adopt").ifPresent(chart::adopt);
        fields.word("crds", Chart.Definitions.class).ifPresent(chart::crds);
    }

    static Map<String, Object> write(Chart chart) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", chart.name());
        document.put("namespace", chart.namespace());
        document.put("location", chart.location());
        chart.chart().ifPresent(name -> document.put("chart", name));
        chart.version().ifPresent(version -> document.put("version", version));
        chart.digest().ifPresent(digest -> document.put("digest", digest));
        if (!chart.values().isEmpty()) {
            document.put("values", chart.values());
        }
        chart.username().ifPresent(name -> document.put("username", name));
        chart.password().ifPresent(password -> document.put("password", password.reference()));
        document.put("deadlineMinutes", chart.deadlineMinutes());
        document.put("onFailure", Words.of(chart.onFailure()));
        document.put("adopt", chart.adopt());
        document.put("crds", Words.of(chart.crds()));
        return document;
    }
}
