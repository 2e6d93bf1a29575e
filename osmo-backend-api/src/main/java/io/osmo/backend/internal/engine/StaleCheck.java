// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.FieldChange.Effect;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Incarnation;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what would be done now with what a plan says. Doing less is allowed, because that is how a second apply resumes
 * after a crash of the first one. Doing anything else is not allowed.
 */
final class StaleCheck {
    /** Resources that are named one by one. */
    private static final int HANDFUL = 5;

    private StaleCheck() {}

    /** @throws StalePlanException for another account, or another cluster of the same name, than the plan was made for */
    static void requireSame(Plan plan, Inventory inventory) {
        String ref = plan.ref().toString();
        Optional<String> account = Planner.account(inventory);
        if (plan.account().isPresent() && !plan.account().equals(account)) {
            throw StalePlanException.account(ref, plan.account().get(), account.orElse("unknown"));
        }
        Optional<String> cluster = Planner.incarnation(inventory).map(Incarnation::id);
        if (plan.incarnation().isPresent()
                && cluster.isPresent()
                && !plan.incarnation().equals(cluster)) {
            throw StalePlanException.cluster(ref);
        }
    }

    /** @throws StalePlanException with everything that the plan does not cover */
    static void require(Plan plan, List<Change> fresh) {
        Map<ResourceId, Change> planned = new HashMap<>();
        plan.changes().forEach(change -> planned.put(change.resource(), change));
        if (isAllGone(planned, fresh)) {
            throw new StalePlanException(plan.ref().toString(), List.of(allGone(plan, fresh)));
        }
        Map<String, List<ResourceId>> untouched = new LinkedHashMap<>();
        List<String> differences = new ArrayList<>();
        for (Change change : fresh) {
            Change before = planned.get(change.resource());
            if (before == null && comesWithNew(change, planned)) {
                continue;
            }
            if (before == null) {
                untouched
                        .computeIfAbsent(
                                " would be " + word(change) + ": " + change.reason(), text -> new ArrayList<>())
                        .add(change.resource());
            } else if (!covers(before, change)) {
                differences.add(change.resource() + " would be " + word(change) + ": " + change.reason()
                        + "; the plan says it is " + word(before));
            } else if (change.disruption().exceeds(before.disruption())) {
                differences.add(change.resource() + " would do more to running work: " + change.disruption()
                        + "; the plan says " + before.disruption());
            } else {
                change.takes().stream()
                        .filter(id -> !before.takes().contains(id) && !planned.containsKey(id))
                        .forEach(id -> differences.add(id + " would be deleted with " + change.resource()
                                + "; it was added since the plan was made"));
            }
        }
        List<String> all = new ArrayList<>();
        untouched.forEach((text, resources) -> all.addAll(lines(text, resources)));
        all.addAll(differences);
        if (!all.isEmpty()) {
            throw new StalePlanException(plan.ref().toString(), all);
        }
    }

    /** Whether an apply would make everything again, where the plan changes what there was. */
    private static boolean isAllGone(Map<ResourceId, Change> planned, List<Change> fresh) {
        boolean existed = planned.values().stream().anyMatch(change -> change.action() != Action.CREATE);
        return existed
                && fresh.size() > HANDFUL
                && fresh.stream().allMatch(change -> change.action() == Action.CREATE)
                && fresh.stream()
                        .map(change -> planned.get(change.resource()))
                        .anyMatch(before -> before == null || !covers(before, Action.CREATE));
    }

    private static String allGone(Plan plan, List<Change> fresh) {
        return (plan.incarnation().isPresent() ? "the cluster and all " : "all ")
                + some(
                        fresh.size() + " resources of the backend are gone",
                        fresh.stream().map(Change::resource).toList())
                + "; an apply would create them";
    }

    /** One line each, or one for many alike. */
    private static List<String> lines(String text, List<ResourceId> resources) {
        return resources.size() > HANDFUL
                ? List.of(some(resources.size() + " resources" + text, resources) + "; the plan does not touch them")
                : resources.stream()
                        .map(id -> id + text + "; the plan does not touch it")
                        .toList();
    }

    private static String some(String all, List<ResourceId> resources) {
        return all
                + resources.stream()
                        .limit(HANDFUL)
                        .map(ResourceId::toString)
                        .collect(Collectors.joining(", ", " (", ", …)"));
    }

    /** What the cloud makes together with something that the plan creates, such as the first pool of a cluster, is waited for with it. */
    private static boolean comesWithNew(Change fresh, Map<ResourceId, Change> planned) {
        return fresh.action() == Action.WAIT
                && !fresh.disruption().exceeds(Disruption.NONE)
                && fresh.after().stream()
                        .map(planned::get)
                        .anyMatch(with ->
                                with != null && (with.action() == Action.CREATE || with.action() == Action.REPLACE));
    }

    private static boolean covers(Change planned, Action fresh) {
        Set<Action> covered = switch (planned.action()) {
            case CREATE -> Set.of(Action.CREATE, Action.UPDATE, Action.WAIT);
            case REPLACE -> Set.of(Action.REPLACE, Action.CREATE, Action.UPDATE, Action.WAIT);
            case UPDATE -> Set.of(Action.UPDATE, Action.WAIT);
            case WAIT -> Set.of(Action.WAIT, Action.UPDATE);
            case DELETE -> Set.of(Action.DELETE);
        };
        return covered.contains(fresh);
    }

    private static boolean covers(Change planned, Change fresh) {
        if (!covers(planned, fresh.action())) {
            return false;
        }
        if (planned.action() == Action.CREATE) {
            // Fields that cannot be changed in place only say why this resource replaces another one.
            return planned.fields().stream()
                    .filter(field -> field.effect() != Effect.REPLACE)
                    .noneMatch(field -> contradicts(field, fresh));
        }
        // An update without fields is one that could not be compared yet.
        return planned.action() != Action.UPDATE
                || planned.fields().isEmpty()
                || targets(planned).containsAll(targets(fresh));
    }

    /** Whether a change gives another value to a field that the plan names. */
    private static boolean contradicts(FieldChange field, Change fresh) {
        return fresh.fields().stream()
                .anyMatch(f -> f.field().equals(field.field()) && !f.after().equals(field.after()));
    }

    private static Set<String> targets(Change change) {
        return change.fields().stream().map(f -> f.field() + "=" + f.after()).collect(Collectors.toSet());
    }

    private static String fields(Change change) {
        return change.fields().stream().map(FieldChange::toString).collect(Collectors.joining("; "));
    }

    private static String word(Change change) {
        return switch (change.action()) {
            case CREATE -> "created" + (change.fields().isEmpty() ? "" : " (" + fields(change) + ")");
            case UPDATE -> "updated (" + fields(change) + ")";
            case REPLACE -> "replaced";
            case DELETE -> "deleted";
            case WAIT -> "waited for";
        };
    }
}
