// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.internal.text.ForeignText;
import io.osmo.backend.plan.PlanGraph.Edge;
import io.osmo.backend.plan.PlanGraph.Node;
import io.osmo.backend.resource.Disruption;
import java.util.Locale;

/** A plan as a flowchart in the language of Mermaid. */
final class PlanMermaid {
    private static final int LONGEST_LABEL = 200;

    /** The tones of the HTML pages, which are readable on light and dark ground. */
    private static final String CLASSES = """
              classDef create fill:#e3f4ea,stroke:#17743f,color:#1a1f27
              classDef update fill:#fdf0d5,stroke:#8a5a00,color:#1a1f27
              classDef replace fill:#fce8e6,stroke:#b3261e,color:#1a1f27
              classDef delete fill:#fce8e6,stroke:#b3261e,color:#1a1f27
              classDef wait fill:#eceff3,stroke:#596373,color:#1a1f27
              classDef critical stroke-width:3px
            """;

    private PlanMermaid() {}

    static String render(Plan plan) {
        PlanGraph graph = PlanGraph.of(plan);
        StringBuilder text = new StringBuilder("flowchart LR\n");
        graph.nodes().forEach(node -> text.append("  ").append(node(node)).append('\n'));
        graph.edges().forEach(edge -> text.append("  ").append(edge(edge)).append('\n'));
        return graph.nodes().isEmpty()
                ? text.append("  n0[\"nothing to do\"]\n").toString()
                : text.append(CLASSES).toString();
    }

    private static String node(Node node) {
        Change change = node.change();
        String action = change.action().name().toLowerCase(Locale.ROOT);
        String disruption = change.disruption() == Disruption.NONE
                ? ""
                : ", " + change.disruption().name().toLowerCase(Locale.ROOT);
        return "n" + node.number() + "[\"" + action + " "
                + escaped(change.resource().toString()) + "<br/>"
                + Durations.text(change.estimate()) + disruption + "\"]:::" + action
                + (node.critical() ? "\n  class n" + node.number() + " critical" : "");
    }

    private static String edge(Edge edge) {
        return "n" + edge.from().number() + (edge.critical() ? " ==> " : " --> ") + "n"
                + edge.to().number();
    }

    /** Within quotes Mermaid reads entities of this form, HTML and Markdown. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        ForeignText.line(text, LONGEST_LABEL).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " /-_.:".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(c).append(';');
            }
        });
        return escaped.toString();
    }
}
