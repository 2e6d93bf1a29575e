// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.PoolTypes;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.catalog.RetiredTypes;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.azure.internal.cluster.DesiredCluster;
import io.osmo.backend.azure.internal.cluster.PoolRequest;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Rules for pools: what AKS refuses, and what would fail only when the first node is to come. */
final class PoolRules {
    /** learn.microsoft.com/rest/api/aks/agent-pools/create-or-update. */
    private static final int MAX_DISK_GIB = 2048;

    private static final int MAX_NODES = 1000;

    private static final String RESERVED = "kubernetes.azure.com/";

    private PoolRules() {}

    static List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (int generation = 1; generation <= PoolNames.RESERVED_GENERATIONS; generation++) {
            names.put(PoolNames.ofSystem(generation), "the system pool");
        }
        each(spec, (pool, path) -> {
                    List<Violation> found = new ArrayList<>();
                    clash(pool.name(), names)
                            .ifPresent(other -> found.add(new Violation(
                                    path + ".name",
                                    Optional.empty(),
                                    pool.name(),
                                    "a name whose agent pool is not that of " + other,
                                    "Choose another name.")));
                    RetiredTypes.of(PoolTypes.of(pool))
                            .ifPresent(why -> found.add(new Violation(
                                    path + ".instanceTypes[0]",
                                    Optional.of("CN-1"),
                                    PoolTypes.of(pool),
                                    "a VM size that is still sold; " + why,
                                    "Choose a newer size, such as Standard_NC24ads_A100_v4.")));
                    found.addAll(limits(pool, path));
                    pool.reservation()
                            .filter(id -> !id.contains(Reservations.TYPE))
                            .ifPresent(id -> found.add(new Violation(
                                    path + ".reservation",
                                    Optional.empty(),
                                    id,
                                    "the resource id of a capacity reservation group",
                                    "Give /subscriptions/…/resourceGroups/…" + Reservations.TYPE + "….")));
                    pool.labels().keySet().stream()
                            .filter(PoolRules::isReserved)
                            .forEach(key -> found.add(reserved(path + ".labels", key)));
                    pool.taints().stream()
                            .map(Taint::key)
                            .filter(PoolRules::isReserved)
                            .forEach(key -> found.add(reserved(path + ".taints", key)));
                    if (pool.spot() && pool.reservation().isPresent()) {
                        found.add(new Violation(
                                path + ".spot",
                                Optional.empty(),
                                "true",
                                "no spot nodes in a capacity reservation",
                                "Leave out one of both."));
                    }
                    return found;
                })
                .forEach(violations::addAll);
        return violations;
    }

    private static List<Violation> limits(NodePool pool, String path) {
        List<Violation> found = new ArrayList<>();
        if (pool.diskGib() > MAX_DISK_GIB) {
            found.add(new Violation(
                    path + ".diskGib",
                    Optional.of("CN-1"),
                    String.valueOf(pool.diskGib()),
                    "at most " + MAX_DISK_GIB + " GiB, the largest OS disk that AKS gives a node",
                    "Lower it."));
        }
        if (pool.scale().max() > MAX_NODES) {
            found.add(new Violation(
                    path + ".scale.max",
                    Optional.of("CN-2"),
                    String.valueOf(pool.scale().max()),
                    "at most " + MAX_NODES + " nodes in an agent pool",
                    "Split the pool."));
        }
        return found;
    }

    /** AKS keeps a prefix of labels and taints for itself: learn.microsoft.com/azure/aks/use-labels. */
    private static boolean isReserved(String key) {
        return key.startsWith(RESERVED);
    }

    private static Violation reserved(String path, String key) {
        return new Violation(
                path,
                Optional.of("CN-3"),
                key,
                "a key without the prefix " + RESERVED,
                "Choose another prefix: AKS keeps it.");
    }

    /** The pool that an agent pool of this one would have the name of, in any generation. */
    private static Optional<String> clash(String pool, Map<String, String> names) {
        Optional<String> clash = Optional.empty();
        for (int generation = 1; generation <= PoolNames.RESERVED_GENERATIONS; generation++) {
            String other = names.put(PoolNames.of(pool, generation), pool);
            if (other != null && clash.isEmpty()) {
                clash = Optional.of(other);
            }
        }
        return clash;
    }

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        Optional<Offers> offers = inventory.attachment(Offers.class);
        if (offers.isEmpty() || offers.get().sizes().isEmpty()) {
            return List.of();
        }
        AksSettings settings = AksSettings.of(spec.settings());
        List<Violation> violations = new ArrayList<>();
        if (!DesiredPool.exists(spec, SystemPool.request(settings), inventory)) {
            checkSystem(settings.systemInstanceType(), spec, offers.get()).ifPresent(violations::add);
        }
        each(
                        spec,
                        (pool, path) -> DesiredPool.exists(spec, PoolRequest.of(pool, settings), inventory)
                                ? List.<Violation>of()
                                : check(pool, path, spec, inventory, offers.get()))
                .forEach(violations::addAll);
        return violations;
    }

    private static Optional<Violation> checkSystem(String size, BackendSpec spec, Offers offers) {
        return notSold(size, spec, offers)
                .map(requirement -> new Violation(
                        "settings.systemInstanceType",
                        Optional.empty(),
                        size,
                        requirement,
                        "Choose another size for the system pool."));
    }

    /** What a VM size has to be, if it is not. */
    private static Optional<String> notSold(String name, BackendSpec spec, Offers offers) {
        Optional<VmSize> found = offers.size(name);
        return found.isPresent() && found.get().restriction().isEmpty()
                ? Optional.empty()
                : Optional.of("a VM size that " + spec.region() + " sells to this subscription"
                        + found.map(size -> ", not one that is " + size.restriction())
                                .orElse(""));
    }

    private static List<Violation> check(
            NodePool pool, String path, BackendSpec spec, Inventory inventory, Offers offers) {
        String name = PoolTypes.of(pool);
        String at = path + ".instanceTypes[0]";
        Optional<String> requirement = notSold(name, spec, offers);
        if (requirement.isPresent()) {
            return List.of(new Violation(
                    at,
                    Optional.of("CN-1"),
                    name,
                    requirement.get(),
                    "Choose another size or region, or ask Azure support for access to it."));
        }
        VmSize size = offers.size(name).orElseThrow();
        List<Violation> violations = new ArrayList<>();
        if (pool.role() == PoolRole.GPU && size.gpus() == 0) {
            violations.add(new Violation(
                    at,
                    Optional.of("CN-1"),
                    name,
                    "a VM size with GPUs",
                    "Choose one, such as Standard_NC24ads_A100_v4."));
        }
        if (pool.role() != PoolRole.GPU && size.gpus() > 0) {
            return List.of(new Violation(
                    at,
                    Optional.of("CN-1"),
                    name,
                    "a VM size without GPUs; this one has " + size.gpus(),
                    "Make it a GPU pool (role gpu), or choose another size."));
        }
        if (AksSettings.of(spec.settings()).hostEncryption() && !size.hostEncryption()) {
            violations.add(new Violation(
                    at,
                    Optional.of("SC-2"),
                    name,
                    "a VM size whose disks can be encrypted on the host",
                    "Choose another size, or set settings.hostEncryption to false."));
        }
        for (String zone : DesiredCluster.zones(name, pool.zones(), spec, inventory)) {
            if (!size.zones().contains(zone)) {
                violations.add(new Violation(
                        path + ".zones",
                        Optional.of("CN-1"),
                        zone,
                        "one of the zones in which " + name + " is sold: "
                                + String.join(", ", new TreeSet<>(size.zones())),
                        "Choose among these zones."));
            }
        }
        return violations;
    }

    static List<List<Violation>> each(BackendSpec spec, BiFunction<NodePool, String, List<Violation>> rule) {
        List<List<Violation>> violations = new ArrayList<>();
        spec.operatorPool().ifPresent(pool -> violations.add(rule.apply(pool, "operatorPool")));
        for (int i = 0; i < spec.computePools().size(); i++) {
            violations.add(rule.apply(spec.computePools().get(i), "computePools[" + i + "]"));
        }
        return violations;
    }
}
