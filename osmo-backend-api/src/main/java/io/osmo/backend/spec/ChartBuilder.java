// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.internal.spec.ChartValues;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes a Helm chart to install. Not safe for concurrent use. */
public final class ChartBuilder {
    private static final int DEFAULT_MINUTES = 10;

    private final String name;
    private @Nullable String namespace;
    private String location = "";
    private @Nullable String chart;
    private @Nullable String version;
    private @Nullable String digest;
    private Map<String, @Nullable Object> values = Map.of();
    private @Nullable String username;
    private @Nullable Secret password;
    private int deadlineMinutes = DEFAULT_MINUTES;
    private Chart.OnFailure onFailure = Chart.OnFailure.KEEP;
    private boolean adopt;
    private Chart.Definitions crds = Chart.Definitions.KEEP;

    ChartBuilder(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    static ChartBuilder of(Chart chart) {
        ChartBuilder builder = new ChartBuilder(chart.name());
        builder.namespace = chart.namespace();
        builder.location = chart.location();
        builder.chart = chart.chart().orElse(null);
        builder.version = chart.version().orElse(null);
        builder.digest = chart.digest().orElse(null);
        builder.values = chart.values();
        builder.username = chart.username().orElse(null);
        builder.password = chart.password().orElse(null);
        builder.deadlineMinutes = chart.deadlineMinutes();
        builder.onFailure = chart.onFailure();
        builder.adopt = chart.adopt();
        builder.crds = chart.crds();
        return builder;
    }

    /** Namespace of the release. Default: the name of the release. */
    public ChartBuilder namespace(String name) {
        namespace = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Where the chart is: a directory, a {@code .tgz} archive, an {@code https://} repository, an {@code oci://} reference, or a
     * {@code .yaml} file of manifests that are already rendered, as {@code helm template --include-crds} prints them. Required.
     */
    public ChartBuilder location(String location) {
        this.location = Objects.requireNonNull(location, "location");
        return this;
    }

    /** Name of the chart in an {@code https://} repository, or the name that rendered manifests are recorded under. */
    public ChartBuilder chart(String name) {
        chart = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Exact version of the chart, such as {@code 0.9.1}. Required unless the location is a directory or an archive. */
    public ChartBuilder version(String version) {
        this.version = Objects.requireNonNull(version, "version");
        return this;
    }

    /** The digest that the chart's archive must have, {@code sha256:} and 64 hexadecimal digits. Default: any. */
    public ChartBuilder digest(String digest) {
        this.digest = Objects.requireNonNull(digest, "digest");
        return this;
    }

    /**
     * Values for the chart: maps with text keys, lists, texts, numbers, booleans, and null, which removes a default of the chart. They
     * are recorded in the cluster in plain text: refer to a Kubernetes Secret instead of writing one here.
     */
    public ChartBuilder values(Map<String, ? extends @Nullable Object> values) {
        this.values = ChartValues.copy(values);
        return this;
    }

    /** Credentials for the repository or registry. Default: none. */
    public ChartBuilder credentials(String username, Secret password) {
        this.username = Objects.requireNonNull(username, "username");
        this.password = Objects.requireNonNull(password, "password");
        return this;
    }

    /** How long the release may take to become ready, in minutes, 1 to 1440. Default: 10. */
    public ChartBuilder deadlineMinutes(int minutes) {
        deadlineMinutes = minutes;
        return this;
    }

    /** What happens when the release does not become ready in time. Default: {@link Chart.OnFailure#KEEP}. */
    public ChartBuilder onFailure(Chart.OnFailure policy) {
        onFailure = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /** Whether a release of this name that Helm has installed, or objects of it, are taken over. Default: no, they are a conflict. */
    public ChartBuilder adopt(boolean on) {
        adopt = on;
        return this;
    }

    /** What happens to the chart's custom resource definitions when it is uninstalled. Default: {@link Chart.Definitions#KEEP}. */
    public ChartBuilder crds(Chart.Definitions policy) {
        crds = Objects.requireNonNull(policy, "policy");
        return this;
    }

    ChartBuilder resolveSecrets(SecretResolver resolver) {
        password = password == null ? null : password.resolvedBy(resolver);
        return this;
    }

    String name() {
        return name;
    }

    Chart draft() {
        return ImmutableChart.builder()
                .name(name)
                .namespace(namespace == null ? name : namespace)
                .location(location)
                .chart(Optional.ofNullable(chart))
                .version(Optional.ofNullable(version))
                .digest(Optional.ofNullable(digest))
                .values(values)
                .username(Optional.ofNullable(username))
                .password(Optional.ofNullable(password))
                .deadlineMinutes(deadlineMinutes)
                .onFailure(onFailure)
                .adopt(adopt)
                .crds(crds)
                .build();
    }
}
