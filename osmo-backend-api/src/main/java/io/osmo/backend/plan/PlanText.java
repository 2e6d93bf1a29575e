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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanText {
    static final List<Action> ORDER = List.of(Action.CREATE, Action.UPDATE, Action.REPLACE, Action.WAIT, Action.DELETE);

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
                    .filter(c -> c.disruption() == level)
                    .forEach(c -> wrap("  ! " + effect(level) + ": " + c.description(), "    "));
        }
        if (plan.kind() == Plan.Kind.APPLY && plan.disruption().exceeds(Disruption.ROLLING)) {
            wrap("  Applied only with ApplyOptions.defaults().allow(Disruption." + plan.disruption() + ")", "    ");
        }
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
        return ORDER.stream()
                .filter(action -> count(action) > 0)
                .map(action -> count(action, count(action)))
                .collect(Collectors.joining(", "));
    }

    /** Such as {@code 3 to create}. */
    static String count(Action action, long count) {
        return count + " to "
                + (action == Action.WAIT ? "wait for" : action.name().toLowerCase(Locale.ROOT));
    }

    /** A sentence about what a plan does to running work. */
    static String effectOnWork(Disruption disruption) {
        return disruption == Disruption.NONE
                ? "Running work is not affected."
                : "Running work: " + effect(disruption) + ".";
    }

    private long count(Action action) {
        return plan.changes().stream().filter(c -> c.action() == action).count();
    }

    /** Changes with the same reason are listed under it; fields that differ are shown with each change. */
    private void group(Action action) {
        Map<String, List<Change>> groups = plan.changes().stream()
                .filter(c -> c.action() == action)
                .collect(Collectors.groupingBy(
                        c -> c.fields().isEmpty() ? ": " + c.reason() : "", LinkedHashMap::new, Collectors.toList()));
        groups.forEach((reason, changes) -> section(heading(action) + reason, alike(changes)));
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

    private static String heading(Action action) {
        return switch (action) {
            case CREATE -> "Create";
            case UPDATE -> "Update in place";
            case REPLACE -> "Replace (delete, then create)";
            case WAIT -> "Wait for";
            case DELETE -> "Delete";
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
                                .map(c -> c.resource() + " (" + Durations.text(c.estimate()) + ")")
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

    private void wrap(String text, String indent) {
        lines.addAll(Lines.wrap(text, indent));
    }
}
