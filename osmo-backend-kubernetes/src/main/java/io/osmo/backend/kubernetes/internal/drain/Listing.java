// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a drain reads, in as few calls as the API allows: nodes, their pods, and budgets if a pod is left that they may cover. */
final class Listing {
    private static final long PAGE = 500;

    /** Up to here the pods of each node are listed; beyond, all pods of the cluster, as a field selector names one node only. */
    private static final int NODES_ONE_BY_ONE = 5;

    private static final String UNFINISHED = "status.phase!=Succeeded,status.phase!=Failed";

    private Listing() {}

    static List<DrainedNode> nodes(KubernetesClient client, String selector) {
        List<DrainedNode> nodes = new ArrayList<>();
        pages(
                "list Nodes with " + selector,
                options -> client.nodes().list(options),
                new ListOptionsBuilder().withLabelSelector(selector).build(),
                node -> nodes.add(DrainedNode.of(node)));
        return nodes;
    }

    static Work work(KubernetesClient client, List<DrainedNode> nodes, boolean endsWork) {
        List<Pod> pods = pods(client, nodes);
        List<Budget> budgets = pods.stream().allMatch(RemainingPod::isEnding) ? List.of() : budgets(client);
        List<Budget> covering = budgets.stream()
                .filter(budget -> pods.stream().anyMatch(budget::covers))
                .toList();
        return new Work(
                pods.stream()
                        .map(pod -> RemainingPod.of(pod, covering, endsWork))
                        .sorted(Comparator.comparing(RemainingPod::fullName))
                        .toList(),
                covering.stream().collect(Collectors.toMap(Budget::fullName, Budget::allowed)));
    }

    private static List<Pod> pods(KubernetesClient client, List<DrainedNode> nodes) {
        Set<String> names = names(nodes, node -> true);
        Set<String> lost = names(nodes, DrainedNode::lost);
        List<Pod> pods = new ArrayList<>();
        Consumer<Pod> keep = pod -> {
            String node = String.valueOf(pod.getSpec().getNodeName());
            // No kubelet will report the end of a pod on a node that is lost; it ends with the machine.
            boolean unconfirmed = RemainingPod.isEnding(pod) && lost.contains(node);
            if (names.contains(node) && RemainingPod.isWork(pod) && !unconfirmed) {
                pods.add(pod);
            }
        };
        if (nodes.size() <= NODES_ONE_BY_ONE) {
            names.forEach(node -> podsWith(client, UNFINISHED + ",spec.nodeName=" + node, keep));
        } else {
            podsWith(client, UNFINISHED, keep);
        }
        return pods;
    }

    private static Set<String> names(List<DrainedNode> nodes, Predicate<DrainedNode> which) {
        return nodes.stream().filter(which).map(DrainedNode::name).collect(Collectors.toSet());
    }

    private static void podsWith(KubernetesClient client, String fields, Consumer<Pod> each) {
        pages(
                "list Pods with " + fields,
                options -> client.pods().inAnyNamespace().list(options),
                new ListOptionsBuilder().withFieldSelector(fields).build(),
                each);
    }

    private static List<Budget> budgets(KubernetesClient client) {
        List<Budget> budgets = new ArrayList<>();
        pages(
                "list PodDisruptionBudgets",
                options -> client.policy()
                        .v1()
                        .podDisruptionBudget()
                        .inAnyNamespace()
                        .list(options),
                new ListOptions(),
                budget -> budgets.add(Budget.of(budget)));
        return budgets;
    }

    private static <T extends HasMetadata> void pages(
            String operation,
            Function<ListOptions, ? extends KubernetesResourceList<T>> list,
            ListOptions selection,
            Consumer<? super T> each) {
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            ListOptions options = new ListOptionsBuilder(selection)
                    .withLimit(PAGE)
                    .withContinue(next.filter(token -> !token.isEmpty()).orElse(null))
                    .build();
            KubernetesResourceList<T> page = KubernetesCalls.page(operation, () -> list.apply(options));
            page.getItems().forEach(each);
            next = Optional.ofNullable(page.getMetadata().getContinue()).filter(token -> !token.isEmpty());
        }
    }
}
