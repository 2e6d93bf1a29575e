// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.plan.PlanGraph.Edge;
import io.osmo.backend.plan.PlanGraph.Node;
import io.osmo.backend.resource.Disruption;
import java.time.Duration;
import java.util.List;

/** The graph of a plan over time: a bar for each change, a line for each thing that it waits for. */
final class PlanChart {
    private static final int WIDTH = 1000;
    private static final int NAMES = 330;
    private static final int RIGHT = 90;
    private static final int ROW = 24;
    private static final int TOP = 28;
    private static final int NARROWEST = 3;
    private static final int LONGEST_NAME = 44;
    private static final int MARKS = 6;

    /** Seconds between two marks of the axis. */
    private static final List<Long> STEPS = List.of(1L, 5L, 15L, 60L, 120L, 300L, 600L, 1_800L, 3_600L, 14_400L);

    private final PlanGraph graph;
    private final Html html;
    private final double total;

    PlanChart(PlanGraph graph, Html html) {
        this.graph = graph;
        this.html = html;
        this.total = Math.max(
                1,
                graph.nodes().stream()
                        .mapToLong(node -> node.end().toMillis())
                        .max()
                        .orElse(1));
    }

    void draw() {
        int height = TOP + graph.nodes().size() * ROW + 8;
        html.raw("<div class=\"card scroll chart\" tabindex=\"0\" role=\"region\" aria-label=\"Changes over time\">\n")
                .raw("<svg viewBox=\"0 0 " + WIDTH + " " + height
                        + "\" role=\"img\" aria-label=\"Changes over time\">\n");
        long step = step();
        for (long mark = 0; mark * step <= total; mark++) {
            mark(Duration.ofMillis(mark * step), height);
        }
        graph.edges().forEach(this::line);
        graph.nodes().forEach(this::bar);
        html.raw("</svg>\n</div>\n");
    }

    private long step() {
        return STEPS.stream()
                .map(seconds -> seconds * 1000)
                .filter(millis -> total / millis <= MARKS)
                .findFirst()
                .orElse((long) (total / MARKS));
    }

    private void mark(Duration time, int height) {
        double x = x(time);
        html.raw("<line class=\"grid-line\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"20\" y2=\"" + height + "\"/>")
                .raw("<text class=\"soft\" x=\"" + x + "\" y=\"13\" text-anchor=\"middle\">")
                .text(time.isZero() ? "0" : Durations.text(time))
                .raw("</text>\n");
    }

    /** Down first: to the right of a bar is its duration, which a line would strike through. */
    private void line(Edge edge) {
        double from = x(edge.from().end());
        double to = x(edge.to().start());
        html.raw("<path class=\"" + (edge.critical() ? "critical-wait" : "wait-for") + "\" d=\"M" + from + " "
                + middle(edge.from()) + "V" + middle(edge.to()) + "H" + Math.max(from, to) + "\"/>\n");
    }

    private void bar(Node node) {
        Change change = node.change();
        double start = x(node.start());
        double width = Math.max(NARROWEST, x(node.end()) - start);
        int y = TOP + node.number() * ROW;
        html.raw("<a href=\"#n" + node.number() + "\"><title>")
                .text(change.action() + " " + change.resource() + ": " + change.description())
                .raw("</title><text x=\"0\" y=\"" + (y + 16) + "\">")
                .text(name(change))
                .raw("</text><rect class=\"bar " + PlanHtml.tone(change.action()) + (node.critical() ? " critical" : "")
                        + "\" x=\"" + start + "\" y=\"" + (y + 4) + "\" width=\"" + round(width)
                        + "\" height=\"16\" rx=\"3\"/>")
                .raw("<text class=\"soft\" x=\"" + round(start + width + 6) + "\" y=\"" + (y + 16) + "\">")
                .text(Durations.text(change.estimate()) + (change.disruption() == Disruption.NONE ? "" : " !"))
                .raw("</text></a>\n");
    }

    private static String name(Change change) {
        String name = PlanText.symbol(change.action()) + " " + change.resource();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static int middle(Node node) {
        return TOP + node.number() * ROW + 12;
    }

    private double x(Duration time) {
        return round(NAMES + (WIDTH - NAMES - RIGHT) * (time.toMillis() / total));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
