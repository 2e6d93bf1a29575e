// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.internal.text.ForeignText;
import io.osmo.backend.plan.PlanGraph.Node;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as one page for a browser, without anything from elsewhere. */
final class PlanHtml {
    private static final String OWN_STYLE = """
            .chart { padding: .5rem; }
            .chart svg { display: block; width: 100%; min-width: 46rem; height: auto; font: 12px ui-monospace, monospace; }
            .chart text { fill: var(--ink); }
            .chart .soft { fill: var(--soft); }
            .chart .bar { fill: var(--tone-bg); stroke: var(--tone); }
            .chart .critical { stroke-width: 2.5; fill: var(--tone); }
            .chart .wait-for { fill: none; stroke: var(--soft); stroke-opacity: .45; }
            .chart .critical-wait { fill: none; stroke: var(--ink); stroke-width: 1.5; }
            .chart .grid-line { stroke: var(--line); }
            tbody th { min-width: 17rem; }
            td.wide { white-space: normal; min-width: 14rem; }
            .prices { margin: .5rem 0 0; padding: .5rem .75rem; list-style: none; white-space: pre; overflow-wrap: normal; }
            .prices { font-family: ui-monospace, monospace; font-size: .8rem; }
            @media screen and (max-width: 44rem) {
              thead { display: none; }
              table, tbody, tr, tbody th, td { display: block; }
              tr { padding: .5rem .75rem; border-bottom: 1px solid var(--line); }
              tbody th, td, td.wide { border: 0; padding: .1rem 0; min-width: 0; white-space: normal; }
              td:empty { display: none; }
              td[data-label]::before { content: attr(data-label) " "; color: var(--soft); }
            }
            .chart text { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
            @media print {
              .chart { break-inside: avoid; }
              .chart svg { min-width: 0; width: auto; max-width: 100%; max-height: 22cm; margin: 0 auto; }
              .scroll { overflow: visible; }
              table { font-size: .7rem; overflow-wrap: break-word; }
              th, td, tbody th { padding: .2rem .4rem; }
              td.wide { min-width: 8rem; }
              tr { break-inside: avoid; }
            }
            """;

    private final Plan plan;
    private final PlanGraph graph;
    private final Html html = new Html();

    private PlanHtml(Plan plan) {
        this.plan = plan;
        this.graph = PlanGraph.of(plan);
    }

    static String render(Plan plan) {
        return new PlanHtml(plan).render();
    }

    private String render() {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .element("title", "", "Plan: OSMO backend " + plan.ref().name())
                .raw("\n<style>\n" + Html.style() + OWN_STYLE + "</style>\n</head>\n<body>\n<main>\n");
        banner();
        guards();
        warnings();
        plan.cost().ifPresent(this::cost);
        if (!plan.isEmpty()) {
            html.raw("<h2>Order and duration</h2>\n");
            new PlanChart(graph, html).draw();
            html.raw("<p class=\"soft\">Each bar starts when everything that it waits for is done. "
                    + "Filled bars determine the duration; ! marks what running work notices.</p>\n");
            table();
        }
        return html.raw("<footer class=\"soft\">fingerprint <span class=\"mono\">")
                .text(plan.fingerprint())
                .raw("</span></footer>\n</main>\n</body>\n</html>\n")
                .toString();
    }

    private void banner() {
        String tone = !plan.guards().isEmpty() || plan.disruption().exceeds(Disruption.ROLLING)
                ? "bad"
                : plan.disruption() == Disruption.NONE && plan.warnings().isEmpty() ? "good" : "warn";
        html.raw("<section class=\"card banner " + tone + "\">\n<h1>")
                .element("strong", "", plan.kind() == Plan.Kind.DESTROY ? "Plan to destroy" : "Plan")
                .raw(" ")
                .element("span", "class=\"mono\"", plan.ref())
                .raw("</h1>\n");
        if (plan.isEmpty()) {
            html.raw("<p>Nothing to do.</p>\n");
        } else {
            html.element(
                    "p",
                    "",
                    "Takes about " + Durations.text(plan.estimatedDuration()) + ". "
                            + PlanText.effectOnWork(plan.disruption()));
            PlanText.allowance(plan).ifPresent(text -> html.element("p", "class=\"next\"", text + "."));
        }
        plan.account().ifPresent(account -> html.element("p", "class=\"soft\"", "account " + account));
        html.raw("<div class=\"counts\">");
        PlanText.counts(plan).forEach(count -> badge(tone(count.action()), count.text()));
        html.raw("</div>\n</section>\n");
    }

    private void guards() {
        if (plan.guards().isEmpty()) {
            return;
        }
        html.raw("<h2>Refused as long as this is so</h2>\n");
        for (Guard guard : plan.guards()) {
            html.raw("<article class=\"card finding bad\">")
                    .element("h3", "", guard.subject())
                    .element("p", "", guard.reason())
                    .element("p", "class=\"next\"", guard.remedy())
                    .raw("</article>\n");
        }
    }

    private void warnings() {
        if (plan.warnings().isEmpty()) {
            return;
        }
        html.raw("<h2>Warnings</h2>\n<ul class=\"list\">");
        plan.warnings().forEach(warning -> html.element("li", "", warning));
        html.raw("</ul>\n");
    }

    private void cost(CostEstimate cost) {
        html.raw("<h2>Cost</h2>\n").element("p", "", cost.summary()).raw("<ul class=\"card scroll prices\">");
        cost.details().forEach(line -> html.element("li", "", line));
        html.raw("</ul>\n");
    }

    private void table() {
        html.raw(
                        "<h2>Changes</h2>\n<div class=\"card scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Changes\">\n")
                .raw("<table><thead><tr><th scope=\"col\">Resource</th><th scope=\"col\">Action</th>")
                .raw("<th scope=\"col\">Why</th><th scope=\"col\">Running work</th><th scope=\"col\">Takes</th>")
                .raw("<th scope=\"col\">Waits for</th></tr></thead>\n<tbody>\n");
        graph.nodes().forEach(this::row);
        html.raw("</tbody></table>\n</div>\n");
    }

    private void row(Node node) {
        Change change = node.change();
        html.raw("<tr id=\"n" + node.number() + "\"><th scope=\"row\">")
                .element("strong", "class=\"mono\"", change.resource())
                .raw("<br>")
                .element("span", "class=\"soft\"", change.description())
                .raw("</th><td>");
        badge(tone(change.action()), PlanText.verb(change));
        html.raw("</td><td class=\"wide\">").text(change.reason());
        for (FieldChange field : change.fields()) {
            html.raw("<br>").element("code", "", field);
        }
        if (!change.takes().isEmpty()) {
            html.raw("<br>takes with it ").text(ids(change.takes()));
        }
        html.raw("</td><td data-label=\"Running work\">");
        badge(tone(change.disruption()), change.disruption().name().toLowerCase(Locale.ROOT));
        html.raw("</td><td data-label=\"Takes\">")
                .text(Durations.text(change.estimate()))
                .raw("</td><td class=\"wide\" data-label=\"Waits for\">");
        html.text(graph.edges().stream()
                        .filter(edge -> edge.to() == node)
                        .map(edge -> edge.from().change().resource().toString())
                        .collect(Collectors.joining(", ")))
                .raw("</td></tr>\n");
    }

    private static String ids(Iterable<ResourceId> ids) {
        StringBuilder text = new StringBuilder();
        ids.forEach(id -> text.append(text.isEmpty() ? "" : ", ").append(id));
        return ForeignText.line(text.toString(), 2_000);
    }

    private void badge(String tone, String text) {
        html.element("span", "class=\"badge " + tone + "\"", text).raw(" ");
    }

    static String tone(Action action) {
        return switch (action) {
            case CREATE -> "good";
            case UPDATE -> "warn";
            case REPLACE, DELETE -> "bad";
            case WAIT -> "gray";
        };
    }

    private static String tone(Disruption disruption) {
        return switch (disruption) {
            case NONE -> "gray";
            case ROLLING -> "warn";
            case OUTAGE, DATA -> "bad";
        };
    }
}
