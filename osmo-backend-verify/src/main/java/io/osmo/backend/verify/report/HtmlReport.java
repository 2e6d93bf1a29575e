// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import com.samskivert.mustache.Mustache;
import io.osmo.backend.Verdict;
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
import java.util.function.Function;
import java.util.stream.Stream;

/** Fills the template {@code report.mustache}, which escapes everything that is inserted. */
final class HtmlReport {
    private static final String TEMPLATE = "report.mustache";
    private static final String STYLE = "/META-INF/osmo-backend/page.css";
    /** Further nodes of one pool in one zone are counted instead of drawn. */
    private static final int SQUARES = 60;
    /** From more findings of a kind on, those with a common remedy are on one card. */
    private static final int MANY = 8;

    /** Findings that are on a card; unknown ones are on the card of their reason. */
    private static final Set<Status> CARDS = EnumSet.of(Status.FAIL, Status.WARN, Status.UNKNOWN, Status.WAIVED);

    private final Report report;

    private HtmlReport(Report report) {
        this.report = report;
    }

    static String render(Report report) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return Mustache.compiler()
                    .withLoader(name -> new InputStreamReader(
                            Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name + ".mustache"), name),
                            StandardCharsets.UTF_8))
                    .compile(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .execute(new HtmlReport(report).page());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all pages share; it is in the jar of osmo-backend-api. */
    private static String style() throws IOException {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, Object> page() throws IOException {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("style", style());
        page.put("cluster", report.cluster());
        page.put("verdict", report.verdict().name());
        page.put("tone", tone(report.verdict()));
        page.put("meaning", report.meaning());
        page.put("osmo", report.osmo().map(osmo -> (Object) osmo.text()).orElse(false));
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
        List<Map<String, Object>> sections = Stream.of(
                        section("Failed", Status.FAIL),
                        section("Warnings", Status.WARN),
                        byReason("Could not be read", report.findings(Status.UNKNOWN), "warn"),
                        section("Waived", Status.WAIVED))
                .flatMap(Optional::stream)
                .toList();
        List<Map<String, Object>> unseen =
                byReason("Not looked at", report.notLookedAt(), "gray").stream().toList();
        page.put("sections", sections);
        page.put("unseen", unseen);
        page.put("index", index(sections, unseen));
        page.put("gaps", report.gaps());
        page.put("catalog", report.catalog().toString());
        page.put("documentation", report.catalog().documentation().toString());
        page.put(
                "rest",
                Stream.of(rest("passed", report.findings(Status.PASS)), rest("do not apply", report.notApplicable()))
                        .flatMap(Optional::stream)
                        .toList());
        return page;
    }

    private static List<Map<String, Object>> index(
            List<Map<String, Object>> sections, List<Map<String, Object>> unseen) {
        return Stream.of(
                        sections.stream().map(HtmlReport::entry),
                        Stream.of(
                                Map.<String, Object>of("id", "requirements", "title", "Requirements"),
                                Map.<String, Object>of("id", "pools", "title", "Pools and zones")),
                        unseen.stream().map(HtmlReport::entry),
                        Stream.of(Map.<String, Object>of("id", "rest", "title", "The rest")))
                .flatMap(Function.identity())
                .toList();
    }

    private static Map<String, Object> entry(Map<String, Object> section) {
        return Map.of(
                "id",
                section.getOrDefault("id", ""),
                "title",
                section.get("title") + " (" + section.get("count") + ")");
    }

    /** Counts by status. A count of zero failures is not shown as bad. */
    private List<Map<String, Object>> counts() {
        return report.tally().stream()
                .map(count -> Map.<String, Object>of(
                        "tone", count.text().startsWith("0 ") ? "gray" : tone(count.status()), "text", count.text()))
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
                pool.name().orElse("no pool"),
                "nodeType",
                pool.nodeType().map(type -> "node-type=" + type).orElse("no label node-type"),
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

    private Optional<Map<String, Object>> section(String title, int count, List<Map<String, Object>> findings) {
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "title",
                        title,
                        "id",
                        "section-" + title.toLowerCase(Locale.ROOT).replace(' ', '-'),
                        "count",
                        count,
                        "grouped",
                        count > findings.size() ? "Those with a common cause are on one card." : false,
                        "findings",
                        findings));
    }

    /** Each finding on a card; if there are many, those with a common cause are on one card. */
    private Optional<Map<String, Object>> section(String title, Status status) {
        List<Finding> findings = report.findings(status);
        return section(
                title,
                findings.size(),
                findings.size() <= MANY
                        ? findings.stream()
                                .sorted(Comparator.comparing(Finding::severity))
                                .map(this::finding)
                                .toList()
                        : Reason.ofCauses(findings).stream().map(this::cause).toList());
    }

    private Map<String, Object> cause(Reason reason) {
        Finding first = reason.findings().get(0);
        if (reason.findings().size() == 1) {
            return finding(first);
        }
        boolean sameObjects = reason.sameObjects();
        Map<String, Object> view = card(reason.title(), tone(first.status()));
        if (sameObjects) {
            names(first, view);
        }
        view.put("severity", first.severity().name().toLowerCase(Locale.ROOT));
        view.put(
                "members",
                reason.findings().stream()
                        .map(f -> {
                            Map<String, Object> member = finding(f);
                            if (sameObjects) {
                                member.put("names", List.of());
                                member.put("hidden", false);
                            }
                            if (!reason.next().isEmpty()) {
                                member.put("next", false);
                            }
                            return member;
                        })
                        .toList());
        view.put("next", text(reason.next()));
        return view;
    }

    /** One card for what several checks have in common. */
    private Optional<Map<String, Object>> byReason(String title, List<Finding> findings, String tone) {
        return section(
                title,
                findings.size(),
                Reason.of(findings).stream()
                        .map(reason -> {
                            if (reason.findings().size() == 1) {
                                return finding(reason.findings().get(0));
                            }
                            Map<String, Object> view = card(reason.findings().size() + " checks", tone);
                            view.put("observed", text(reason.observed()));
                            view.put("next", text(reason.next()));
                            view.put(
                                    "checks",
                                    reason.findings().stream()
                                            .map(Finding::check)
                                            .toList());
                            return view;
                        })
                        .toList());
    }

    private Map<String, Object> finding(Finding finding) {
        Map<String, Object> view = card(finding.check(), tone(finding.status()));
        view.put("anchor", finding.check());
        view.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        view.put("requirement", finding.requirement().map(r -> (Object) r.id()).orElse(false));
        view.put(
                "page",
                report.catalog()
                        .documentation(finding.check())
                        .map(page -> (Object) page.toString())
                        .orElse(false));
        view.put("observed", text(finding.observed()));
        view.put("expected", text(finding.expected()));
        names(finding, view);
        view.put("next", text(finding.next()));
        return view;
    }

    private static void names(Finding finding, Map<String, Object> view) {
        int hidden = Math.max(0, finding.resources().size() - Finding.SHOWN);
        view.put("names", finding.resources().stream().limit(Finding.SHOWN).toList());
        view.put("hidden", hidden + finding.more() > 0 ? "and " + (hidden + finding.more()) + " more" : false);
        view.put("all", hidden > 0 ? String.join("\n", finding.resources()) : false);
        view.put(
                "allTitle",
                (finding.more() > 0 ? "the first " : "all ")
                        + finding.resources().size() + " names, one a line, to be copied");
    }

    /** A card with nothing on it yet; the template shows what is not false or empty. */
    private static Map<String, Object> card(String title, String tone) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("check", title);
        view.put("tone", tone);
        for (String absent :
                List.of("anchor", "severity", "requirement", "page", "observed", "expected", "hidden", "all", "next")) {
            view.put(absent, false);
        }
        for (String empty : List.of("names", "members", "checks")) {
            view.put(empty, List.of());
        }
        return view;
    }

    private static Object text(String text) {
        return text.isEmpty() ? false : text;
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
            case WAIVED, SKIPPED -> "gray";
        };
    }

    private static String tone(Proof proof) {
        return switch (proof) {
            case PROVEN -> "good";
            case VIOLATED -> "bad";
            case WARNED, UNKNOWN -> "warn";
            case NOT_PROVEN, NOT_APPLICABLE -> "gray";
        };
    }
}
