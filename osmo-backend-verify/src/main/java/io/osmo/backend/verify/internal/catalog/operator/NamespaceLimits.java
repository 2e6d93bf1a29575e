// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.LimitRangeFacts;
import io.osmo.backend.verify.snapshot.LimitRangeFacts.Limit;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A limit range that refuses each pod of OSMO, or that gives GPUs to each of its containers. Kubernetes takes a maximum as the default
 * limit of containers that have none, and a default limit as their request
 * (<a href="https://kubernetes.io/docs/concepts/policy/limit-range/">limit ranges</a>), so that a maximum of 8 GPUs gives 8 to the
 * control container of every task.
 */
public final class NamespaceLimits extends AbstractCheck {
    private static final long GIB = 1L << 30;

    /** Less than this no container of a workflow that OSMO adds requests; see {@link NamespaceQuotas}. */
    private static final Map<String, Long> LEAST_OF_TASKS =
            Map.of("cpu", 250L, "memory", GIB, "ephemeral-storage", GIB);

    /** What OSMO's smallest values give the listener. */
    private static final Map<String, Long> LEAST_OF_OPERATOR = Map.of("cpu", 125L, "memory", 128L << 20);

    /** What the control container of a task requests in the pod template that OSMO's service chart brings; its limits are the task's. */
    private static final Map<String, Long> CONTROL = Map.of("cpu", 1000L, "memory", GIB, "ephemeral-storage", GIB);

    private static final String GPUS = "nvidia.com/";

    private static final Set<String> OF_PODS = Set.of("Container", "Pod");

    public NamespaceLimits() {
        super(
                "operator.namespace-limits",
                "limit ranges of the OSMO namespaces that admit OSMO's pods and give them no GPUs",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().tenancy().limitRanges(),
                ranges -> given(evidence.nodes(), nodes -> {
                    Map<LimitRangeFacts, List<String>> refusals = new HashMap<>();
                    Map<LimitRangeFacts, List<String>> all = new HashMap<>();
                    for (LimitRangeFacts range : ranges) {
                        boolean tasks =
                                range.namespace().equals(evidence.expectations().workflowNamespace());
                        List<String> refused = refused(range, tasks, tasks && gpus(evidence));
                        refusals.put(range, refused);
                        List<String> found = new ArrayList<>(refused);
                        if (tasks) {
                            found.addAll(hindered(range, nodes));
                        }
                        all.put(range, found);
                    }
                    Finding finding = each(
                            ranges,
                            "limit ranges",
                            range -> all.getOrDefault(range, List.of()).isEmpty(),
                            range -> range.namespace() + " " + String.join(", ", all.getOrDefault(range, List.of())),
                            "Change the limit range or delete it: kubectl -n NAMESPACE describe limitrange.");
                    return finding.status() != severity().breach()
                                    || refusals.values().stream().anyMatch(list -> !list.isEmpty())
                            ? finding
                            : breach(Severity.WARNING, finding.observed(), finding.next())
                                    .about(finding.resources());
                }));
    }

    private static boolean gpus(Evidence evidence) {
        return evidence.expectations().pools().stream().anyMatch(pool -> pool.role() == PoolRole.GPU)
                || evidence.gpuNodes().known().map(nodes -> !nodes.isEmpty()).orElse(false);
    }

    /** What keeps all pods of OSMO from running, or all with GPUs. */
    private static List<String> refused(LimitRangeFacts range, boolean tasks, boolean gpus) {
        List<String> refused = new ArrayList<>();
        for (Limit limit : range.limits()) {
            String per = " per " + limit.type().toLowerCase(Locale.ROOT);
            if (OF_PODS.contains(limit.type())) {
                Map<String, Long> least = tasks ? LEAST_OF_TASKS : LEAST_OF_OPERATOR;
                limit.max().forEach((resource, max) -> {
                    long needed = least.getOrDefault(resource, resource.startsWith(GPUS) && gpus ? 1L : 0L);
                    if (amount(resource, max).orElse(Long.MAX_VALUE) < needed) {
                        refused.add("admits no pod" + (resource.startsWith(GPUS) ? " with a GPU" : "") + ": at most "
                                + max + " " + resource + per);
                    }
                });
            }
            if (limit.type().equals("Container")) {
                Map<String, String> given = new HashMap<>(limit.defaultRequests());
                given.putAll(limit.defaults());
                given.forEach((resource, amount) -> {
                    if (resource.startsWith(GPUS) && amount(resource, amount).orElse(0) > 0) {
                        refused.add("gives each container " + amount + " " + resource + ", also those of OSMO's own");
                    }
                });
            }
        }
        return refused.stream().distinct().sorted().toList();
    }

    /** What keeps tasks from using what nodes have, as long as OSMO's pod templates are those of its chart. */
    private static List<String> hindered(LimitRangeFacts range, List<NodeFacts> nodes) {
        List<String> hindered = new ArrayList<>();
        for (Limit limit : range.limits()) {
            if (limit.type().equals("Container")) {
                limit.min().forEach((resource, min) -> {
                    if (amount(resource, min).orElse(0) > CONTROL.getOrDefault(resource, Long.MAX_VALUE)) {
                        hindered.add("refuses control containers: at least " + min + " " + resource + " per container");
                    }
                });
            }
            limit.ratio().forEach((resource, ratio) -> {
                long control = CONTROL.getOrDefault(resource, 0L);
                double most = Quantities.millis(ratio).orElse(Long.MAX_VALUE) / 1000.0 * control;
                if (OF_PODS.contains(limit.type())
                        && nodes.stream()
                                .anyMatch(n -> amount(resource, n.allocatable().getOrDefault(resource, ""))
                                                        .orElse(0)
                                                > most
                                        && control > 0)) {
                    hindered.add("refuses tasks with more than " + ratio + " times the " + resource
                            + " of their control container");
                }
            });
        }
        return hindered.stream().distinct().sorted().toList();
    }

    private static OptionalLong amount(String resource, String quantity) {
        return resource.equals("cpu") ? Quantities.millis(quantity) : Quantities.amount(quantity);
    }
}
