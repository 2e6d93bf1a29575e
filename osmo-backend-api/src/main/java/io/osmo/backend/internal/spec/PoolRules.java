// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.PoolAlternative;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for node pools (OP-*, CN-*). */
final class PoolRules {
    private static final String NODE_TYPE = "node-type";

    /** What remains of 63 characters after {@code osmo-pool-} and a hyphen in OSMO's queue names. */
    private static final int QUEUE_NAME_ROOM = 63 - "osmo-pool--".length();

    private static final String DEFAULT_WORKFLOW_NAMESPACE = "osmo-workflows";

    /** What Kubernetes itself supports in one cluster. */
    private static final int MAX_NODES = 5000;

    private static final int MIN_DISK_GIB = 50;
    private static final int MAX_DISK_GIB = 16_384;
    private static final int MAX_DRAIN_MINUTES = 7 * 24 * 60;
    private static final int OPERATOR_NODES = 3;
    private static final Pattern INSTANCE_TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,62}");

    private final BackendSpec spec;
    private final Problems problems;

    private PoolRules(BackendSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    static void check(BackendSpec spec, Problems problems) {
        new PoolRules(spec, problems).check();
    }

    private void check() {
        spec.operatorPool().ifPresent(pool -> pool("operatorPool", pool));
        List<NodePool> pools = spec.computePools();
        if (pools.isEmpty()) {
            problems.addDescribed(
                    "computePools",
                    Requirement.CN_1,
                    "none",
                    "at least one pool for workflows",
                    "Add a pool of CPU or GPU nodes.");
        }
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < pools.size(); i++) {
            NodePool pool = pools.get(i);
            String path = "computePools[" + i + "]";
            poolName(path + ".name", pool.name());
            Integer first = names.putIfAbsent(pool.name(), i);
            if (first != null) {
                problems.add(
                        path + ".name",
                        Requirement.CN_1,
                        pool.name(),
                        "a name that no other pool has",
                        "Rename this pool or computePools[" + first + "].");
            }
            pool(path, pool);
        }
        homeForClusterServices();
    }

    private void poolName(String path, String name) {
        String namespace = spec.osmo().map(OsmoService::workflowNamespace).orElse(DEFAULT_WORKFLOW_NAMESPACE);
        int longest = Math.max(1, QUEUE_NAME_ROOM - namespace.length());
        if (name.equals(BackendSpecBuilder.OPERATOR_POOL)) {
            problems.add(
                    path,
                    Requirement.OP_1,
                    name,
                    "any other name",
                    "Rename the pool; this name is that of the operator pool.");
        } else if (!Syntax.isDnsLabel(name, longest)) {
            problems.add(
                    path,
                    Requirement.CN_1,
                    name,
                    "1 to " + longest + " " + Syntax.DNS_LABEL_RULE,
                    "Choose such a name; OSMO derives a queue name of up to 63 characters from it and the namespace "
                            + namespace + ".");
        }
    }

    private void pool(String path, NodePool pool) {
        instanceTypes(path + ".instanceTypes", pool);
        scale(path + ".scale", pool);
        labels(path + ".labels", pool);
        taints(path + ".taints", pool.taints());
        if (pool.diskGib() < MIN_DISK_GIB || pool.diskGib() > MAX_DISK_GIB) {
            problems.add(
                    path + ".diskGib",
                    pool.role() == PoolRole.OPERATOR ? Requirement.OP_2 : Requirement.CN_1,
                    pool.diskGib(),
                    MIN_DISK_GIB + " to " + MAX_DISK_GIB + " GiB",
                    "Images and logs need room; 100 is a good start.");
        }
        if (pool.drainMinutes() < 1 || pool.drainMinutes() > MAX_DRAIN_MINUTES) {
            problems.addDescribed(
                    path + ".drainMinutes",
                    Requirement.CN_1,
                    String.valueOf(pool.drainMinutes()),
                    "1 to " + MAX_DRAIN_MINUTES + " minutes",
                    "60 is a good start; a week is the most.");
        }
        zones(path + ".zones", pool.zones());
        capacity(path, pool);
        for (int i = 0; i < pool.fallback().size(); i++) {
            alternative(path + ".fallback[" + i + "]", pool, pool.fallback().get(i));
        }
    }

    /** An alternative is held against the rules for what it says. */
    private void alternative(String path, NodePool pool, PoolAlternative alternative) {
        if (alternative.isEmpty()) {
            problems.addDescribed(
                    path,
                    Requirement.CN_1,
                    "nothing",
                    "instanceTypes, zones, reservation or spot",
                    "Say what the pool may be instead, or remove the entry.");
        }
        NodePool instead = alternative.of(pool);
        if (!alternative.instanceTypes().isEmpty()) {
            instanceTypes(path + ".instanceTypes", instead);
        }
        zones(path + ".zones", alternative.zones());
        capacity(path, instead);
    }

    private void capacity(String path, NodePool pool) {
        if (pool.spot() && pool.reservation().isPresent()) {
            problems.addDescribed(
                    path + ".reservation",
                    Requirement.CN_1,
                    pool.reservation().get() + " with spot",
                    "either reserved or spot capacity",
                    "Remove the reservation, or set spot to false.");
        }
        pool.reservation()
                .filter(String::isBlank)
                .ifPresent(blank -> problems.add(
                        path + ".reservation",
                        Requirement.CN_1,
                        "",
                        "the id of a capacity reservation",
                        "Name the reservation, or leave it out."));
    }

    private void instanceTypes(String path, NodePool pool) {
        List<String> types = pool.instanceTypes();
        Requirement requirement = pool.role() == PoolRole.OPERATOR ? Requirement.OP_2 : Requirement.CN_1;
        if (types.isEmpty() && pool.role() != PoolRole.OPERATOR) {
            problems.addDescribed(
                    path,
                    requirement,
                    "none",
                    "at least one instance type",
                    "Choose one that fits the workflows, such as "
                            + (pool.role() == PoolRole.GPU ? "p5.48xlarge" : "m7i.2xlarge") + " on aws.");
        }
        for (int i = 0; i < types.size(); i++) {
            if (!INSTANCE_TYPE.matcher(types.get(i)).matches()) {
                problems.add(
                        path + "[" + i + "]",
                        requirement,
                        types.get(i),
                        "the name of an instance type in the cloud's own spelling",
                        "Correct the name, or remove it.");
            }
        }
        problems.requireDistinct(path, requirement, types, "each instance type once");
    }

    private void scale(String path, NodePool pool) {
        Scale scale = pool.scale();
        boolean operator = pool.role() == PoolRole.OPERATOR;
        Requirement requirement = operator ? Requirement.OP_3 : Requirement.CN_2;
        int lowest = operator ? 1 : 0;
        if (scale.min() < lowest || scale.min() > MAX_NODES) {
            problems.add(
                    path + ".min",
                    requirement,
                    scale.min(),
                    lowest + " to " + MAX_NODES + " nodes",
                    operator ? "The operator always needs a node; set min to 1." : "Set min to 0 or more.");
        }
        int lowestMax = operator && spec.profile() == Profile.PRODUCTION ? OPERATOR_NODES : 1;
        if (scale.max() < lowestMax || scale.max() > MAX_NODES) {
            problems.add(
                    path + ".max",
                    requirement,
                    scale.max(),
                    lowestMax + " to " + MAX_NODES + " nodes",
                    lowestMax == 1
                            ? "Set max to 1 or more; to get rid of a pool, remove it."
                            : "Let the operator pool grow to three nodes.");
        } else if (scale.min() > scale.max()) {
            problems.add(
                    path + ".min",
                    requirement,
                    scale.min(),
                    "no more than max, " + scale.max(),
                    "Lower min or raise max.");
        } else if (scale.initial() < scale.min() || scale.initial() > scale.max()) {
            problems.add(
                    path + ".initial",
                    requirement,
                    scale.initial(),
                    "between min and max, " + scale.min() + " to " + scale.max(),
                    "Choose a size in between, or leave it out to start with min.");
        }
    }

    private void labels(String path, NodePool pool) {
        boolean operator = pool.role() == PoolRole.OPERATOR;
        Requirement requirement = operator ? Requirement.OP_4 : Requirement.CN_3;
        pool.labels().forEach((key, value) -> {
            String entry = EntryPath.of(path, key);
            if (!Syntax.isLabelKey(key)) {
                problems.add(entry, requirement, key, Syntax.LABEL_KEY_RULE, "Correct the key.");
            } else if (isReserved(key)) {
                problems.add(
                        entry,
                        requirement,
                        key,
                        "a prefix of your own, or node.kubernetes.io/",
                        "Choose another prefix; Kubernetes refuses nodes that give themselves this one.");
            }
            if (!Syntax.isLabelValue(value)) {
                problems.add(entry, requirement, value, Syntax.LABEL_VALUE_RULE, "Correct the value.");
            }
        });
        String nodeType = pool.labels().getOrDefault(NODE_TYPE, "");
        if (operator && !nodeType.equals(pool.role().nodeType())) {
            problems.add(
                    path + "." + NODE_TYPE,
                    requirement,
                    nodeType,
                    pool.role().nodeType(),
                    "Leave the label out; it is set automatically.");
        } else if (!operator && (nodeType.isEmpty() || nodeType.equals(PoolRole.OPERATOR.nodeType()))) {
            problems.add(
                    path + "." + NODE_TYPE,
                    requirement,
                    nodeType,
                    pool.role().nodeType() + ", or a more specific value other than operator",
                    "Leave the label out; it is set automatically.");
        }
    }

    /** The prefixes that the NodeRestriction admission plugin keeps from nodes. */
    private static boolean isReserved(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        boolean kubernetes = prefix.equals("kubernetes.io")
                || prefix.endsWith(".kubernetes.io")
                || prefix.equals("k8s.io")
                || prefix.endsWith(".k8s.io");
        boolean open = prefix.equals("node.kubernetes.io")
                || prefix.endsWith(".node.kubernetes.io")
                || prefix.equals("kubelet.kubernetes.io")
                || prefix.endsWith(".kubelet.kubernetes.io");
        return kubernetes && !open;
    }

    private void taints(String path, List<Taint> taints) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < taints.size(); i++) {
            Taint taint = taints.get(i);
            String entry = path + "[" + i + "]";
            if (!Syntax.isLabelKey(taint.key())) {
                problems.add(entry + ".key", Requirement.CN_4, taint.key(), Syntax.LABEL_KEY_RULE, "Correct the key.");
            }
            if (!Syntax.isLabelValue(taint.value())) {
                problems.add(
                        entry + ".value",
                        Requirement.CN_4,
                        taint.value(),
                        Syntax.LABEL_VALUE_RULE,
                        "Correct the value.");
            }
            if (!seen.add(taint.key() + ":" + taint.effect())) {
                problems.add(
                        entry,
                        Requirement.CN_4,
                        taint,
                        "one taint for each key and effect",
                        "Remove one, or set tainted to false to drop the role's standard taint.");
            }
        }
    }

    private void zones(String path, List<String> zones) {
        List<String> ofNetwork = spec.network().zones();
        for (int i = 0; i < zones.size(); i++) {
            if (!NetworkRules.isZone(zones.get(i))) {
                problems.add(
                        path + "[" + i + "]",
                        Requirement.CP_3,
                        zones.get(i),
                        NetworkRules.ZONE_RULE,
                        "Correct the name.");
            } else if (!ofNetwork.isEmpty() && !ofNetwork.contains(zones.get(i))) {
                problems.add(
                        path + "[" + i + "]",
                        Requirement.NW_1,
                        zones.get(i),
                        "one of the network's zones, " + String.join(", ", ofNetwork),
                        "Choose one of them, or add the zone to network.zones.");
            }
        }
        problems.requireDistinct(path, Requirement.CP_3, zones, "each zone once");
    }

    /** DNS, the autoscaler and the storage driver tolerate no pool's taint and need a node before anything can scale. */
    private void homeForClusterServices() {
        boolean home = spec.pools().stream()
                .anyMatch(p -> p.scale().min() > 0
                        && p.taints().stream().allMatch(t -> t.effect() == Taint.Effect.PREFER_NO_SCHEDULE));
        if (!home && !spec.computePools().isEmpty()) {
            problems.addDescribed(
                    "computePools",
                    spec.operatorPool().isPresent() ? Requirement.OP_5 : Requirement.CN_4,
                    "no untainted pool that always has a node",
                    "at least one pool without taints whose scale.min is 1 or more",
                    "Cluster services such as DNS run there; add an untainted CPU pool, or leave the operator pool"
                            + " untainted.");
        }
    }
}
