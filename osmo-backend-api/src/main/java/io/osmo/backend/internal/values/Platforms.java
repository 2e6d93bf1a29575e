// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.values;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pools of a spec as OSMO's platforms. OSMO counts a node to a platform if the node has all labels of the platform's pod template and
 * the template tolerates all its taints.
 */
final class Platforms {
    /** Name of OSMO's own pool, platform and backend. */
    static final String DEFAULT = "default";

    private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";

    private static final List<String> DEFAULT_VALIDATIONS =
            List.of("default_cpu", "default_memory", "default_storage", "default_gpu");

    private final BackendSpec spec;
    private final ServiceDefaults service;
    private final String backend;
    private final Optional<CloudFacts> facts;

    Platforms(
            BackendSpec spec, ServiceDefaults service, String backend, Optional<CloudFacts> facts, List<String> notes) {
        this.spec = spec;
        this.service = service;
        this.backend = backend;
        this.facts = facts;
        List<NodePool> pools = spec.computePools();
        for (int i = 0; i < pools.size(); i++) {
            for (NodePool other : pools.subList(i + 1, pools.size())) {
                if (selector(pools.get(i)).equals(selector(other))) {
                    notes.add("The platforms " + pools.get(i).name() + " and " + other.name()
                            + " select the same nodes. Give one of the pools a label of its own.");
                }
            }
        }
        if (spec.operatorPool().filter(pool -> taints(pool).isEmpty()).isPresent()) {
            notes.add(
                    "The operator pool has no taint: platforms select nodes by label, but other pods may take its room.");
        }
    }

    Map<String, String> operatorSelector() {
        return new TreeMap<>(spec.operatorPool().map(NodePool::labels).orElse(Map.of()));
    }

    List<Map<String, @Nullable Object>> operatorTolerations() {
        return spec.operatorPool().map(this::tolerations).orElse(List.of());
    }

    /** CPU pools come first: a task without GPUs must not start a machine with some. */
    String defaultPlatform() {
        return spec.computePools().stream()
                .filter(pool -> pool.role() == PoolRole.CPU)
                .findFirst()
                .or(() -> spec.computePools().stream().findFirst())
                .map(NodePool::name)
                .orElse(DEFAULT);
    }

    Map<String, @Nullable Object> podTemplates() {
        Map<String, @Nullable Object> templates = Tree.of();
        for (NodePool pool : spec.computePools()) {
            Map<String, @Nullable Object> pod = Tree.of("nodeSelector", selector(pool));
            if (!tolerations(pool).isEmpty()) {
                pod.put("tolerations", tolerations(pool));
            }
            if (!spec.pullSecrets().isEmpty()) {
                pod.put(
                        "imagePullSecrets",
                        spec.pullSecrets().stream()
                                .map(PullSecret::secretName)
                                .map(name -> Tree.of("name", name))
                                .toList());
            }
            templates.put(name(pool), Tree.of("spec", pod));
        }
        return templates;
    }

    /**
     * The service compares what a task asks for with nodes that it knows ({@code K8_…}), and refuses every task if there is none. A pool
     * that may have no nodes is judged by what its machines are instead; then the autoscaler makes nodes for the waiting task.
     */
    Map<String, @Nullable Object> validations() {
        Map<String, @Nullable Object> validations = Tree.of();
        for (NodePool pool : spec.computePools()) {
            if (pool.scale().min() == 0) {
                List<Object> rules = new ArrayList<>();
                rules.add(rule("{{USER_CPU}}", "GT", "0", "CPU must be more than 0"));
                rules.add(rule("{{USER_MEMORY}}", "GT", "0", "memory must be more than 0"));
                rules.add(rule("{{USER_STORAGE}}", "GT", "0", "storage must be more than 0"));
                rules.add(rule("{{USER_GPU}}", "GE", "0", "GPUs must not be negative"));
                smallest(pool).ifPresent(machine -> upperBounds(machine, rules));
                found(pool)
                        .flatMap(found -> found.diskGib().known().stream())
                        .min(Comparator.naturalOrder())
                        .ifPresent(disk -> rules.add(rule(
                                "{{USER_STORAGE}}",
                                "LT",
                                disk + "Gi",
                                "storage {{USER_STORAGE}} too high for a disk of " + disk + "Gi")));
                validations.put(name(pool), rules);
            }
        }
        return validations;
    }

    /**
     * What no node of this type can have, or not each of these types: the autoscaler may give any of them. Less is free on a real one, so
     * a task within these bounds may still wait.
     */
    private static void upperBounds(Machine machine, List<Object> rules) {
        String of = " on " + (machine.instanceType().contains(",") ? "the smallest of " : "") + machine.instanceType()
                + ", which has ";
        rules.add(rule(
                "{{USER_CPU}}",
                "LT",
                String.valueOf(machine.vcpus()),
                "CPU {{USER_CPU}} too high" + of + machine.vcpus()));
        rules.add(rule(
                "{{USER_MEMORY}}",
                "LT",
                machine.memoryMib() + "Mi",
                "memory {{USER_MEMORY}} too high" + of + machine.memoryMib() + "Mi"));
        rules.add(rule(
                "{{USER_GPU}}",
                "LE",
                String.valueOf(machine.gpus()),
                "{{USER_GPU}} GPUs too many" + of + machine.gpus()));
    }

    private static Map<String, @Nullable Object> rule(String left, String operator, String right, String message) {
        return Tree.of("operator", operator, "left_operand", left, "right_operand", right, "assert_message", message);
    }

    /** The catch-all platform of the charts' own pool is removed: it takes every node without a taint. */
    Map<String, @Nullable Object> platforms(String osmoPool) {
        Map<String, @Nullable Object> platforms = Tree.of();
        if (osmoPool.equals(DEFAULT)
                && spec.computePools().stream().noneMatch(pool -> pool.name().equals(DEFAULT))) {
            platforms.put(DEFAULT, null);
        }
        for (NodePool pool : spec.computePools()) {
            platforms.put(
                    pool.name(),
                    Tree.of(
                            "description",
                            "Pool " + pool.name() + " of " + backend,
                            "override_pod_template",
                            List.of(name(pool)),
                            "resource_validations",
                            pool.scale().min() == 0 ? List.of(name(pool)) : DEFAULT_VALIDATIONS));
        }
        return platforms;
    }

    private String name(NodePool pool) {
        return backend + "-" + pool.name();
    }

    /** The labels of the pool; with the instance type, if other pools have the same labels and the instance type differs. */
    private Map<String, String> selector(NodePool pool) {
        Map<String, String> labels = new TreeMap<>(pool.labels());
        boolean shared = spec.computePools().stream()
                .anyMatch(other ->
                        !other.name().equals(pool.name()) && other.labels().equals(pool.labels()));
        Set<String> types = new TreeSet<>();
        ways(pool).forEach(way -> types.addAll(way.instanceTypes()));
        if (shared && types.size() == 1) {
            labels.putAll(Map.of(INSTANCE_TYPE, types.iterator().next()));
        }
        return labels;
    }

    /** The pool, and what it is when the cloud can only give its fallback. */
    private static Stream<NodePool> ways(NodePool pool) {
        return Stream.concat(Stream.of(pool), pool.fallback().stream().map(alternative -> alternative.of(pool)));
    }

    /** By key and effect, whatever the value: OSMO compares keys literally. */
    private List<Map<String, @Nullable Object>> tolerations(NodePool pool) {
        Set<Map<String, @Nullable Object>> tolerations = new LinkedHashSet<>();
        for (Taint taint : taints(pool)) {
            tolerations.add(Tree.of(
                    "key",
                    taint.key(),
                    "operator",
                    "Exists",
                    "effect",
                    taint.effect().kubernetes()));
        }
        return List.copyOf(tolerations);
    }

    /** The taints of the spec, those that the service adds or nodes show, and those that the cloud reports. */
    private Set<Taint> taints(NodePool pool) {
        Set<Taint> taints = new LinkedHashSet<>(pool.taints());
        ways(pool).forEach(way -> {
            taints.addAll(service.taints(way, service.machine(way)));
            found(pool)
                    .flatMap(found -> found.machine().known().stream())
                    .forEach(machine -> taints.addAll(service.taints(way, Optional.of(machine))));
        });
        found(pool).forEach(found -> taints.addAll(found.taints()));
        return taints;
    }

    /** What each machine of a pool has at least; empty if that is not known of one. */
    private Optional<Machine> smallest(NodePool pool) {
        List<Fact<Machine>> found = found(pool).map(CloudFacts.Pool::smallest).toList();
        List<Machine> known =
                found.stream().flatMap(each -> each.known().stream()).toList();
        return found.isEmpty()
                ? service.machine(pool)
                : Optional.of(known).filter(all -> all.size() == found.size()).flatMap(Machine::smallest);
    }

    /** What the cloud has for a pool: several if it is split by zone. */
    private Stream<CloudFacts.Pool> found(NodePool pool) {
        return facts.flatMap(f -> f.pools().known()).orElse(List.of()).stream()
                .filter(found -> found.specPool().filter(pool.name()::equals).isPresent());
    }
}
