// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import com.samskivert.mustache.Mustache;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Fills the template {@code report.mustache}, which escapes everything that is inserted. */
final class HtmlReport {
    private static final String TEMPLATE = "report.mustache";
    /** Further nodes of one pool in one zone are counted instead of drawn. */
    private static final int SQUARES = 60;

    /** Findings that are on a card; unknown ones are on the card of their reason. */
    private static final Set<Status> CARDS = EnumSet.of(Status.FAIL, Status.WARN, Status.UNKNOWN, Status.WAIVED);

    private final Report report;

    private HtmlReport(Report report) {
        this.report = report;
    }

    static String render(Report report) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return Mustache.compiler()
                    .compile(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .execute(new HtmlReport(report).page());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> page() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("cluster", report.cluster());
        page.put("verdict", report.verdict().name());
        page.put("tone", tone(report.verdict()));
        page.put("meaning", report.meaning());
        page.put("circumstances", String.join(" · ", report.circumstances()));
        page.put("counts", counts());
        page.put("requirements", requirements());
        List<PoolSummary> pools = report.pools().known().orElse(List.of());
        page.put("pools", pools.isEmpty() ? false : pools(pools));
        page.put(
                "noPools",
                report.pools() instanceof Fact.Unknown<List<PoolSummary>> unknown
                        ? "Nodes and pools could not be read: " + unknown.reason()
                        : "There are no nodes and no pools.");
        page.put(
                "sections",
                Stream.of(
                                section("Failed", views(Status.FAIL)),
                                section("Warnings", views(Status.WARN)),
                                section("Could not be read", byReason(report.findings(Status.UNKNOWN), "warn")),
                                section("Waived", views(Status.WAIVED)))
                        .flatMap(Optional::stream)
                        .toList());
        page.put(
                "unseen",
                section("Not looked at", byReason(report.notLookedAt(), "grey")).stream()
                        .toList());
        page.put(
                "rest",
                Stream.of(rest("passed", report.findings(Status.PASS)), rest("do not apply", report.notApplicable()))
                        .flatMap(Optional::stream)
                        .toList());
        return page;
    }

    private List<Map<String, Object>> counts() {
        return report.tally().stream()
                .map(count -> Map.<String, Object>of("tone", tone(count.status()), "text", count.text()))
                .toList();
    }

    private List<Map<String, Object>> requirements() {
        return report.requirements().entrySet().stream()
                .map(e -> Map.<String, Object>of(
                        "id", e.getKey().id(),
                        "text", e.getKey().text(),
                        "proof", e.getValue().phrase(),
                        "tone", tone(e.getValue()),
                        "culprits", culprits(e.getKey())))
                .toList();
    }

    /** Checks to link to: those that are on a card of the page. */
    private List<String> culprits(Requirement requirement) {
        return report.findings().stream()
                .filter(f -> f.requirement().equals(Optional.of(requirement)) && CARDS.contains(f.status()))
                .map(Finding::check)
                .distinct()
                .toList();
    }

    private static Map<String, Object> pools(List<PoolSummary> pools) {
        TreeSet<String> zones = new TreeSet<>();
        pools.forEach(pool -> zones.addAll(pool.zones().keySet()));
        return Map.of(
                "zones",
                zones.stream().map(zone -> zone.isEmpty() ? "no zone" : zone).toList(),
                "rows",
                pools.stream().map(pool -> row(pool, zones)).toList());
    }

    private static Map<String, Object> row(PoolSummary pool, Set<String> zones) {
        int total = pool.zones().values().stream()
                .mapToInt(nodes -> nodes.available() + nodes.unavailable())
                .sum();
        return Map.of(
                "name",
                pool.name().isEmpty() ? "no pool" : pool.name(),
                "nodeType",
                pool.nodeType().isEmpty() ? "no label node-type" : "node-type=" + pool.nodeType(),
                "machine",
                String.join(", ", pool.instanceTypes()),
                "total",
                total,
                "bounds",
                pool.scale().map(s -> s.min() + " to " + s.max()).orElse(""),
                "cells",
                zones.stream()
                        .map(zone -> cell(pool.zones().getOrDefault(zone, PoolSummary.Nodes.NONE)))
                        .toList());
    }

    private static Map<String, Object> cell(PoolSummary.Nodes nodes) {
        List<String> squares = new ArrayList<>();
        for (int i = 0; i < nodes.unavailable(); i++) {
            squares.add("bad");
        }
        for (int i = 0; i < nodes.available(); i++) {
            squares.add("good");
        }
        int hidden = Math.max(0, squares.size() - SQUARES);
        return Map.of(
                "squares",
                squares.subList(0, squares.size() - hidden),
                "more",
                hidden > 0 ? "and " + hidden + " more" : "",
                "label",
                nodes.available() + " available, " + nodes.unavailable() + " not ready or cordoned");
    }

    private static Optional<Map<String, Object>> section(String title, List<Map<String, Object>> findings) {
        return findings.isEmpty() ? Optional.empty() : Optional.of(Map.of("title", title, "findings", findings));
    }

    private List<Map<String, Object>> views(Status status) {
        return report.findings(status).stream()
                .sorted(Comparator.comparing(Finding::severity))
                .map(HtmlReport::finding)
                .toList();
    }

    /** One card for what several checks have in common. */
    private static List<Map<String, Object>> byReason(List<Finding> findings, String tone) {
        return Reason.of(findings).stream()
                .map(reason -> {
                    Finding first = reason.findings().get(0);
                    if (reason.findings().size() == 1) {
                        return finding(first);
                    }
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put("check", reason.findings().size() + " checks");
                    view.put("anchor", false);
                    view.put("tone", tone);
                    view.put("severity", false);
                    view.put("requirement", false);
                    view.put("observed", reason.observed());
                    view.put("expected", false);
                    view.put("where", false);
                    view.put("next", reason.next().isEmpty() ? false : reason.next());
                    view.put(
                            "checks",
                            reason.findings().stream().map(Finding::check).toList());
                    return view;
                })
                .toList();
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("check", finding.check());
        view.put("anchor", finding.check());
        view.put("tone", tone(finding.status()));
        view.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        view.put("requirement", finding.requirement().map(r -> (Object) r.id()).orElse(false));
        view.put("observed", finding.observed());
        view.put("expected", finding.expected());
        view.put("where", finding.resources().isEmpty() ? false : finding.where());
        view.put("next", finding.next().isEmpty() ? false : finding.next());
        view.put("checks", List.of());
        return view;
    }

    private static Optional<Map<String, Object>> rest(String what, List<Finding> findings) {
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "title",
                        findings.size() + (findings.size() == 1 ? " check " : " checks ") + what,
                        "lines",
                        findings.stream()
                                .map(f -> Map.of("check", f.check(), "text", f.observed()))
                                .toList()));
    }

    private static String tone(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "good";
            case FAILED -> "bad";
            case INCONCLUSIVE -> "warn";
        };
    }

    private static String tone(Status status) {
        return switch (status) {
            case PASS -> "good";
            case FAIL -> "bad";
            case WARN, UNKNOWN -> "warn";
            case WAIVED, SKIPPED -> "grey";
        };
    }

    private static String tone(Proof proof) {
        return switch (proof) {
            case PROVEN -> "good";
            case VIOLATED -> "bad";
            case WARNED, UNKNOWN -> "warn";
            case NOT_PROVEN, NOT_APPLICABLE -> "grey";
        };
    }
}
