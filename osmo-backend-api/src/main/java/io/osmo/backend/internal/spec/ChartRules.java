// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for charts. No requirement of OSMO speaks of them. */
final class ChartRules {
    /** Helm's own limit. */
    private static final int LONGEST_RELEASE = 53;

    private static final int LONGEST_MINUTES = 1440;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Semantic version 2, with the leading v that some charts have. */
    private static final Pattern VERSION =
            Pattern.compile("v?(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

    private static final Pattern REPOSITORY =
            Pattern.compile("https://[A-Za-z0-9.-]+(:[1-9]\\d{0,4})?(/[A-Za-z0-9._~%/-]*)?");
    private static final Pattern REFERENCE = Pattern.compile("oci://[A-Za-z0-9.-]+(:[1-9]\\d{0,4})?(/[a-z0-9._-]+)+");

    private final Problems problems;
    private final String path;
    private final Chart chart;

    private ChartRules(Problems problems, String path, Chart chart) {
        this.problems = problems;
        this.path = path;
        this.chart = chart;
    }

    static void check(BackendSpec spec, Problems problems) {
        List<Chart> charts = spec.charts();
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < charts.size(); i++) {
            ChartRules rules = new ChartRules(problems, "charts[" + i + "].", charts.get(i));
            Integer same = names.putIfAbsent(charts.get(i).name(), i);
            if (same != null) {
                rules.refuse(
                        "name",
                        Problems.show(charts.get(i).name()),
                        "a name that no other chart has",
                        "Rename this one or charts[" + same + "].");
            }
            rules.check();
        }
    }

    private void check() {
        if (!isReleaseName()) {
            refuse(
                    "name",
                    Problems.show(chart.name()),
                    "a Kubernetes name of at most " + LONGEST_RELEASE + " characters",
                    "Choose such a name; it is the name of the Helm release.");
        }
        boolean byName = chart.namespace().equals(chart.name()) && !isReleaseName();
        if (!byName && !Syntax.isDnsLabel(chart.namespace(), Syntax.LABEL_LENGTH)) {
            refuse(
                    "namespace",
                    Problems.show(chart.namespace()),
                    "1 to 63 " + Syntax.DNS_LABEL_RULE,
                    "Choose such a name.");
        }
        location();
        version();
        chart.digest()
                .filter(digest -> !DIGEST.matcher(digest).matches())
                .ifPresent(digest -> refuse(
                        "digest",
                        Problems.show(digest),
                        "sha256: and 64 hexadecimal digits in lower case",
                        "Copy it from the repository's index or the registry."));
        credentials();
        if (chart.deadlineMinutes() < 1 || chart.deadlineMinutes() > LONGEST_MINUTES) {
            refuse(
                    "deadlineMinutes",
                    String.valueOf(chart.deadlineMinutes()),
                    "1 to " + LONGEST_MINUTES,
                    "Choose such a number of minutes.");
        }
        values();
    }

    /** Its namespace is the name too by default: one error is enough then. */
    private boolean isReleaseName() {
        return Syntax.isSubdomain(chart.name()) && chart.name().length() <= LONGEST_RELEASE;
    }

    private boolean isRemote() {
        return chart.location().contains("://");
    }

    private boolean isRendered() {
        return chart.location().endsWith(".yaml") || chart.location().endsWith(".yml");
    }

    private void location() {
        String location = chart.location();
        String shown = Problems.show(location.replaceFirst("//[^/]*@", "//…@").replaceFirst("\\?.*", "?…"));
        if (location.isBlank() || location.indexOf('\0') >= 0) {
            refuse(
                    "location",
                    shown,
                    "a directory, a .tgz archive, an https:// repository, an oci:// reference, or a .yaml file",
                    "Say where the chart is.");
        } else if (location.startsWith("http://")) {
            refuse("location", shown, "https://", "Use https; a chart runs with the rights that it asks for.");
        } else if (isRemote()
                && !REPOSITORY.matcher(location).matches()
                && !REFERENCE.matcher(location).matches()) {
            refuse(
                    "location",
                    shown,
                    "https://host/path or oci://host/path, without user, tag and query",
                    location.startsWith("https://") || location.startsWith("oci://")
                            ? "Put the version in version, and credentials in username and password."
                            : "Charts are fetched by https:// or oci:// only; anything else is a path, without ://.");
        }
        if (location.startsWith("https://") && chart.chart().isEmpty()) {
            refuse("chart", "nothing", "the name of a chart in the repository", "Name the chart.");
        } else if (!location.startsWith("https://") && !isRendered()) {
            chart.chart()
                    .ifPresent(name -> refuse(
                            "chart",
                            Problems.show(name),
                            "nothing for a directory, an archive or an oci:// reference",
                            "Leave it out: the location names the chart."));
        }
    }

    private void version() {
        if (chart.version().isEmpty() && (isRemote() || isRendered())) {
            refuse("version", "nothing", "an exact version, such as 0.9.1", "Name the version to install.");
        }
        chart.version()
                .filter(version -> !VERSION.matcher(version).matches())
                .ifPresent(version -> refuse(
                        "version",
                        Problems.show(version),
                        "an exact version, such as 0.9.1",
                        "Name one version: ranges and latest would install something else each time."));
    }

    private void credentials() {
        if (chart.username().isPresent() != chart.password().isPresent()) {
            String missing = chart.username().isPresent() ? "password" : "username";
            refuse(missing, "nothing", "both username and password, or neither", "Give both.");
        }
        if (!isRemote() && chart.username().isPresent()) {
            refuse(
                    "username",
                    Problems.show(chart.username().get()),
                    "nothing for a location on this machine",
                    "Leave out username and password.");
        }
    }

    private void values() {
        if (isRendered() && !chart.values().isEmpty()) {
            refuse(
                    "values",
                    chart.values().size() + " values",
                    "nothing for manifests that are already rendered",
                    "Give the values to whatever renders them.");
        }
        ChartValues.leaves(path + "values", chart.values(), this::value);
    }

    private void value(ChartValues.Leaf at, @Nullable Object value) {
        if (at.name().isEmpty() || !isPlain(value)) {
            add(
                    at.path(),
                    value instanceof Secret ? "a secret" : "something that JSON does not have",
                    "text, numbers, booleans, null, lists, and maps with texts as keys",
                    value instanceof Secret
                            ? "Put it in a Kubernetes Secret, and give the chart its name."
                            : "Write it as one of these.");
        } else if (value instanceof String text && !text.isBlank() && ChartValues.namesSecret(at.name())) {
            add(
                    at.path(),
                    text.length() + " characters (not shown)",
                    "no secret: values are recorded in the cluster in plain text",
                    "Put it in a Kubernetes Secret, and give the chart its name.");
        }
    }

    private static boolean isPlain(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double number && Double.isFinite(number);
    }

    private void refuse(String field, String given, String allowed, String remedy) {
        add(path + field, given, allowed, remedy);
    }

    private void add(String at, String given, String allowed, String remedy) {
        problems.add(new Violation(at, Optional.empty(), given, allowed, remedy));
    }
}
