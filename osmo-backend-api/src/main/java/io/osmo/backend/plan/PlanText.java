// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.internal.console.Lines;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanText {
    static final List<Action> ORDER = List.of(Action.CREATE, Action.UPDATE, Action.REPLACE, Action.WAIT, Action.DELETE);

    /** Kind of the resource that stands for the work on the nodes of a pool. */
    private static final String DRAIN = "drain";

    /** A space at which no line is broken; becomes a plain one. */
    private static final char TOGETHER = '\u00a0';

    private final Plan plan;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan) {
        this.plan = plan;
    }

    static String render(Plan plan) {
        return new PlanText(plan).render();
    }

    private String render() {
        if (plan.isEmpty()) {
            wrap(
                    plan.kind() == Plan.Kind.DESTROY
                            ? "Nothing of backend " + backend() + " exists: nothing to do."
                            : "Backend " + backend() + " is up to date: nothing to do.",
                    "");
        } else {
            wrap(
                    (plan.kind() == Plan.Kind.DESTROY ? "Plan to destroy backend " : "Plan for backend ") + backend()
                            + ": " + totals(),
                    "");
            guards();
            disruption();
            ORDER.forEach(this::group);
            duration();
            needs();
        }
        plan.cost().ifPresent(this::cost);
        if (!plan.warnings().isEmpty()) {
            lines.add("");
            lines.add("Warnings");
            plan.warnings().forEach(warning -> wrap("  ! " + warning, "    "));
        }
        return String.join("\n", lines) + "\n";
    }

    private String backend() {
        return plan.ref()
                + plan.account().map(account -> " in account " + account).orElse("");
    }

    private void guards() {
        if (plan.guards().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Refused as long as this is so");
        for (Guard guard : plan.guards()) {
            wrap("  ! " + guard.subject() + ": " + guard.reason(), "    ");
            wrap("    " + guard.remedy(), "    ");
        }
    }

    private void disruption() {
        lines.add("");
        if (plan.disruption() == Disruption.NONE) {
            lines.add("Running work: not affected");
            return;
        }
        lines.add("Running work");
        for (Disruption level : List.of(Disruption.DATA, Disruption.OUTAGE, Disruption.ROLLING)) {
            plan.changes().stream()
                    .filter(c -> c.disruption() == level && !isSaidByPool(c))
                    .forEach(c -> wrap("  ! " + effect(level) + ": " + c.description(), "    "));
        }
        allowance(plan).ifPresent(text -> wrap("  " + text, "    "));
    }

    /** What an apply has to allow, beyond what it allows by default. */
    static Optional<String> allowance(Plan plan) {
        return plan.kind() == Plan.Kind.APPLY && plan.disruption().exceeds(Disruption.ROLLING)
                ? Optional.of("Applied only with ApplyOptions.allow(Disruption." + plan.disruption() + "), or --allow "
                        + plan.disruption().name().toLowerCase(Locale.ROOT) + " on the command line")
                : Optional.empty();
    }

    /** Whether it drains a pool whose own change says the same about running work. */
    private boolean isSaidByPool(Change drain) {
        return isDrain(drain)
                && plan.changes().stream()
                        .anyMatch(pool -> pool.disruption() == drain.disruption()
                                && pool.after().contains(drain.resource())
                                && !isDrain(pool));
    }

    /** A drain is planned as a deletion: of the work on the nodes of a pool. */
    static boolean isDrain(Change change) {
        return change.resource().kind().equals(DRAIN);
    }

    private static String effect(Disruption level) {
        return switch (level) {
            case NONE -> "none";
            case ROLLING -> "rolling, nodes are drained one after another";
            case OUTAGE -> "outage, its work ends";
            case DATA -> "data is deleted";
        };
    }

    private String totals() {
        return counts(plan).stream().map(Count::text).map(PlanText::together).collect(Collectors.joining(", "));
    }

    /** @param text such as {@code 3 to create} */
    record Count(Action action, String text) {}

    /** In the order of the text; drains are counted apart from what is deleted. */
    static List<Count> counts(Plan plan) {
        List<Count> counts = new ArrayList<>();
        for (Action action : ORDER) {
            // What is drained is drained before anything is deleted.
            SortedMap<String, Long> verbs = plan.changes().stream()
                    .filter(c -> c.action() == action)
                    .collect(Collectors.groupingBy(
                            PlanText::verb,
                            () -> new TreeMap<String, Long>(Comparator.reverseOrder()),
                            Collectors.counting()));
            verbs.forEach((verb, count) -> counts.add(new Count(action, count + " to " + verb)));
        }
        return counts;
    }

    static String verb(Change change) {
        if (isDrain(change)) {
            return "drain";
        }
        return change.action() == Action.WAIT
                ? "wait for"
                : change.action().name().toLowerCase(Locale.ROOT);
    }

    /** A sentence about what a plan does to running work. */
    static String effectOnWork(Disruption disruption) {
        return disruption == Disruption.NONE
                ? "Running work is not affected."
                : "Running work: " + effect(disruption) + ".";
    }

    /** Changes with the same reason are listed under it; fields that differ are shown with each change. */
    private void group(Action action) {
        Map<String, List<Change>> groups = plan.changes().stream()
                .filter(c -> c.action() == action)
                .collect(Collectors.groupingBy(
                        c -> c.fields().isEmpty() ? ": " + c.reason() : "", LinkedHashMap::new, Collectors.toList()));
        groups.forEach((reason, changes) -> section(heading(changes.get(0)) + reason, alike(changes)));
    }

    private void section(String heading, List<Change> changes) {
        lines.add("");
        wrap(heading, "  ");
        int width = Math.min(
                44,
                changes.stream()
                        .mapToInt(c -> c.resource().toString().length())
                        .max()
                        .orElse(0));
        for (Change change : changes) {
            String id = change.resource().toString();
            String start = "  " + symbol(change.action()) + " ";
            String column = " ".repeat(start.length() + width + 2);
            if (id.length() > width) {
                wrap(start + id, "    ");
                wrap(column + change.description(), column);
            } else {
                wrap(start + id + " ".repeat(width - id.length() + 2) + change.description(), column);
            }
            // What is updated is updated because its fields differ, which they say better themselves.
            if (!change.fields().isEmpty() && change.action() != Action.UPDATE) {
                wrap("      " + change.reason(), "      ");
            }
            for (FieldChange field : change.fields()) {
                wrap("      " + field, "        ");
            }
            if (!change.takes().isEmpty()) {
                wrap(
                        "      takes with it "
                                + change.takes().stream()
                                        .map(ResourceId::toString)
                                        .collect(Collectors.joining(", ")),
                        "        ");
            }
        }
    }

    /** Groups resources by kind; kinds and resources keep their order. */
    private static List<Change> alike(List<Change> changes) {
        return changes.stream()
                .collect(Collectors.groupingBy(c -> c.resource().kind(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Changes with the same reason are all drains, or none is. */
    private static String heading(Change change) {
        return switch (change.action()) {
            case CREATE -> "Create";
            case UPDATE -> "Update in place";
            case REPLACE -> "Replace (delete, then create)";
            case WAIT -> "Wait for";
            case DELETE -> isDrain(change) ? "Drain" : "Delete";
        };
    }

    static String symbol(Action action) {
        return switch (action) {
            case CREATE -> "+";
            case UPDATE -> "~";
            case REPLACE -> "±";
            case WAIT -> "…";
            case DELETE -> "-";
        };
    }

    private void duration() {
        lines.add("");
        wrap("Takes about " + Durations.text(plan.estimatedDuration()) + ", determined by", "");
        wrap(
                "  "
                        + plan.criticalPath().stream()
                                .map(c -> c.resource() + together(" (" + Durations.text(c.estimate()) + ")"))
                                .collect(Collectors.joining(" > ")),
                "  ");
    }

    private void cost(CostEstimate cost) {
        lines.add("");
        wrap("Cost: " + cost.summary(), "  ");
        cost.details().forEach(line -> wrap("  " + line, "    "));
    }

    private void needs() {
        if (plan.spec().isEmpty() || plan.kind() == Plan.Kind.DESTROY) {
            return;
        }
        BackendSpec spec = plan.spec().get();
        lines.add("");
        lines.add("Needs");
        wrap("  credentials for " + spec.provider() + " in " + spec.region(), "    ");
        for (NodePool pool : spec.pools()) {
            wrap(
                    "  quota and capacity for up to " + pool.scale().max()
                            + (pool.instanceTypes().isEmpty()
                                    ? " nodes of the provider's default type"
                                    : " x " + String.join(" or ", pool.instanceTypes()))
                            + " (pool " + pool.name() + ")",
                    "    ");
        }
        List<String> secrets = new ArrayList<>();
        spec.pullSecrets().forEach(s -> secrets.add(text(s.password().reference())));
        spec.osmo().flatMap(o -> o.token()).ifPresent(token -> secrets.add(text(token.reference())));
        if (!secrets.isEmpty()) {
            wrap("  secrets: " + String.join(", ", secrets), "    ");
        }
    }

    private static String text(Map<String, String> reference) {
        return reference.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining());
    }

    /** Lines are not broken inside this text. */
    private static String together(String text) {
        return text.replace(' ', TOGETHER);
    }

    private void wrap(String text, String indent) {
        Lines.wrap(text, indent).forEach(line -> lines.add(line.replace(TOGETHER, ' ')));
    }
}
