// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.QuotaFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A quota that is too small for a single pod of OSMO rejects all of them, and one without room for the Secrets and the PodGroup of a
 * workflow rejects every workflow. One that is used up is a warning: running workflows may be the reason.
 *
 * <p>Each group of tasks has at least two Secrets and a PodGroup, and a Service if it has several tasks
 * (<a href="https://github.com/NVIDIA/OSMO/blob/main/src/utils/job/task.py">OSMO's own code</a>).
 */
public final class NamespaceQuotas extends AbstractCheck {
    /** What the smallest pod of OSMO needs: its control container requests a quarter of a CPU and 1 GiB, and a task something too. */
    private static final Map<String, Long> LEAST = Map.of(
            "pods",
            1L,
            "count/pods",
            1L,
            "cpu",
            250L,
            "requests.cpu",
            250L,
            "limits.cpu",
            250L,
            "memory",
            1L << 30,
            "requests.memory",
            1L << 30,
            "limits.memory",
            1L << 30,
            "requests.ephemeral-storage",
            1L << 30,
            "limits.ephemeral-storage",
            1L << 30);

    /** Of extended resources a quota counts requests only. */
    private static final String GPUS = "requests.nvidia.com/gpu";

    /** What a group of tasks needs, in the namespace of workflows only. */
    private static final Map<String, Long> OF_A_GROUP =
            Map.of("secrets", 2L, "count/secrets", 2L, "count/podgroups.scheduling.run.ai", 1L);

    /** By its Service the tasks of a group find each other; a single task has none. */
    private static final Map<String, Long> OF_SEVERAL_TASKS = Map.of("services", 1L, "count/services", 1L);

    private static final Set<String> OF_OSMO =
            Set.of("NotBestEffort", "NotTerminating", "not BestEffort", "PriorityClass");

    private static final String NOT_OF_CLASS = "not PriorityClass ";

    private static final Set<String> CLASSES = Set.of("osmo-high", "osmo-normal", "osmo-low");

    public NamespaceQuotas() {
        super(
                "operator.namespace-quotas",
                "resource quotas of the OSMO namespaces with room for what OSMO creates",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        Set<String> osmo = Set.of(
                evidence.expectations().operatorNamespace(),
                evidence.expectations().workflowNamespace());
        return given(
                evidence.snapshot().tenancy().quotas(),
                all -> given(unlimited(evidence), unlimited -> {
                    List<QuotaFacts> quotas = all.stream()
                            .filter(q -> osmo.contains(q.namespace()) && counts(q))
                            .toList();
                    for (QuotaFacts quota : quotas) {
                        if (quota.hard() instanceof Fact.Unknown<Map<String, String>> unread) {
                            return unknown(unread).about(List.of(quota));
                        }
                    }
                    Finding finding = each(
                            quotas,
                            "quotas on pods of OSMO",
                            q -> problem(q, least(evidence, q), unlimited).isEmpty(),
                            q -> q.namespace() + " " + problem(q, least(evidence, q), unlimited),
                            "Raise the quota or delete it: kubectl -n NAMESPACE describe resourcequota.");
                    boolean never = quotas.stream()
                            .anyMatch(q -> !tooSmall(q, least(evidence, q)).isEmpty());
                    return finding.status() != severity().breach() || never
                            ? finding
                            : breach(Severity.WARNING, finding.observed(), finding.next())
                                    .about(finding.resources());
                }));
    }

    /**
     * Namespaces in which containers of OSMO have no CPU limit. Where a quota is on that, the API server refuses a pod with such a
     * container. OSMO's chart sets none; a running operator shows that its values do.
     */
    private static Fact<Set<String>> unlimited(Evidence evidence) {
        String namespace = evidence.expectations().operatorNamespace();
        return OsmoOperator.of(evidence)
                .flatMap(operators -> evidence.snapshot()
                        .tenancy()
                        .limitRanges()
                        .map(ranges -> {
                            boolean given = ranges.stream()
                                    .filter(range -> range.namespace().equals(namespace))
                                    .flatMap(range -> range.limits().stream())
                                    .anyMatch(limit -> limit.defaults().containsKey("cpu"));
                            boolean running = operators.stream().anyMatch(operator -> operator.ready() > 0);
                            return given || running ? Set.of() : Set.of(namespace);
                        }));
    }

    /** Whether it counts pods of OSMO, which have requests and a priority class of OSMO. */
    private static boolean counts(QuotaFacts quota) {
        Set<String> scopes = quota.scopes().known().orElse(Set.of());
        boolean scoped = scopes.stream().allMatch(scope -> OF_OSMO.contains(scope) || scope.startsWith(NOT_OF_CLASS))
                && !CLASSES.stream().allMatch(name -> scopes.contains(NOT_OF_CLASS + name));
        boolean classes = quota.priorityClasses().isEmpty()
                || quota.priorityClasses().stream().anyMatch(CLASSES::contains);
        return scoped && classes;
    }

    /** What OSMO needs at least in the namespace of a quota; where there are GPUs, workflows ask for them too. */
    private static Map<String, Long> least(Evidence evidence, QuotaFacts quota) {
        if (!quota.namespace().equals(evidence.expectations().workflowNamespace())) {
            return LEAST;
        }
        Map<String, Long> least = new HashMap<>(LEAST);
        least.putAll(OF_A_GROUP);
        least.putAll(OF_SEVERAL_TASKS);
        boolean gpus = evidence.expectations().pools().stream().anyMatch(pool -> pool.role() == PoolRole.GPU)
                || evidence.gpuNodes().known().map(nodes -> !nodes.isEmpty()).orElse(false);
        if (gpus) {
            least.put(GPUS, 1L);
        }
        return least;
    }

    private static String problem(QuotaFacts quota, Map<String, Long> least, Set<String> unlimited) {
        List<String> small = tooSmall(quota, least);
        if (small.isEmpty()) {
            boolean refused = unlimited.contains(quota.namespace())
                    && quota.hard().known().orElse(Map.of()).containsKey("limits.cpu");
            return Stream.concat(
                            usedUp(quota, least).stream(),
                            refused
                                    ? Stream.of(
                                            "refuses containers without a CPU limit, which OSMO's chart does not set")
                                    : Stream.empty())
                    .collect(Collectors.joining(", "));
        }
        Map<String, String> hard = quota.hard().known().orElse(Map.of());
        return small.stream()
                .map(resource -> resource + " " + hard.get(resource))
                .collect(Collectors.joining(", ", "admits no " + refused(small) + ofClass(quota) + ": ", ""));
    }

    private static String ofClass(QuotaFacts quota) {
        return quota.priorityClasses().isEmpty()
                ? ""
                : quota.priorityClasses().stream()
                        .filter(CLASSES::contains)
                        .sorted()
                        .collect(Collectors.joining(" or ", " of priority ", ""));
    }

    /** The least that cannot be had. */
    private static String refused(List<String> small) {
        if (small.stream().anyMatch(LEAST::containsKey)) {
            return "pod";
        }
        if (small.stream().anyMatch(OF_A_GROUP::containsKey)) {
            return "workflow";
        }
        return small.contains(GPUS) ? "pod with a GPU" : "group of several tasks";
    }

    private static List<String> tooSmall(QuotaFacts quota, Map<String, Long> least) {
        Map<String, String> hard = quota.hard().known().orElse(Map.of());
        return resources(hard, least)
                .filter(r -> amount(r, hard).orElse(Long.MAX_VALUE) < least.getOrDefault(r, 0L))
                .toList();
    }

    private static List<String> usedUp(QuotaFacts quota, Map<String, Long> least) {
        Map<String, String> hard = quota.hard().known().orElse(Map.of());
        Map<String, String> used = quota.used().known().orElse(Map.of());
        return resources(hard, least)
                .filter(r -> amount(r, used).isPresent()
                        && amount(r, hard).orElse(Long.MAX_VALUE)
                                        - amount(r, used).orElse(0)
                                < least.getOrDefault(r, 0L))
                .map(r -> r + " is used up: " + used.get(r) + " of " + hard.get(r))
                .toList();
    }

    private static Stream<String> resources(Map<String, String> hard, Map<String, Long> least) {
        return hard.keySet().stream().filter(least::containsKey).sorted();
    }

    private static OptionalLong amount(String resource, Map<String, String> amounts) {
        String quantity = Optional.ofNullable(amounts.get(resource)).orElse("");
        return resource.endsWith("cpu") ? Quantities.millis(quantity) : Quantities.amount(quantity);
    }
}
