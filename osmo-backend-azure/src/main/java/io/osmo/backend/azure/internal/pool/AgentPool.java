// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.catalog.KubernetesVersion;
import io.osmo.backend.azure.internal.catalog.NewestImages;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.PoolRequest;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An agent pool of the cluster: a user pool for one pool of the spec, or the system pool. */
final class AgentPool extends ArmResource implements PoolResource {
    static final String KIND = "agent-pool";

    /** What the calls below need. */
    public static final Needs NEEDS = needs(KIND);

    static final Needs SYSTEM_NEEDS = needs(SystemPool.KIND);

    private static Needs needs(String kind) {
        return ArmType.AGENT_POOL
                .needs(kind)
                .create(ArmType.VIRTUAL_NETWORK.action("subnets/join/action"))
                .update(
                        ArmType.VIRTUAL_NETWORK.action("subnets/join/action"),
                        ArmType.AGENT_POOL.action("upgradeNodeImageVersion/action"))
                .delete(
                        ArmType.AGENT_POOL.action("delete"),
                        ArmType.AGENT_POOL.action("write"),
                        ArmType.VIRTUAL_NETWORK.action("subnets/join/action"));
    }

    private static final String VERSION = "orchestratorVersion";

    /** Nothing in the body of a pool depends on other resources. */
    private static final State NOTHING = new State() {
        @Override
        public <O> Optional<O> find(ResourceId id, Class<O> type) {
            return Optional.empty();
        }
    };

    static final Timing TIMING = Timing.seconds(180, 90, 180, 5, 60);

    /** To replace a node of a pool, its creation, its drain and its deletion included. */
    private static final Duration NODE = Duration.ofMinutes(3);

    private static final String NEWEST_IMAGE = "upgradeNodeImageVersion";
    private static final String IMAGE = "nodeImageVersion";
    private static final String SKU = "osSKU";
    private static final String SUBNET = "vnetSubnetID";
    private static final String MAX = "maxCount";
    private static final String COUNT = "count";
    private static final String TAINTS = "nodeTaints";
    private static final String RESERVATION = "capacityReservationGroupID";
    private static final String POWER = "powerState";

    private final DesiredPool desired;
    private final PoolRequest request;
    private final String subnet;
    private final String version;
    private final String newVersion;
    private final Optional<String> image;

    /**
     * @param version minor version of Kubernetes to which nodes are upgraded
     * @param newVersion minor version of nodes that are created, which may be newer
     * @param image of the nodes; empty when they keep the one that they have
     */
    AgentPool(
            AzureContext context,
            DesiredPool desired,
            String subnet,
            String version,
            String newVersion,
            Optional<String> image) {
        super(
                context,
                desired.id(),
                ArmType.AGENT_POOL,
                armId(context, desired.name()),
                after(desired),
                TIMING,
                PoolNames.title(desired.request().isSystem()) + desired.name() + " of " + desired.size()
                        + (desired.zones().isEmpty() ? "" : " in " + Zones.text(desired.zones())));
        this.desired = desired;
        this.request = desired.request();
        this.subnet = subnet;
        this.version = version;
        this.newVersion = newVersion;
        this.image = image;
    }

    /** One that is only compared in what cannot be changed in place. */
    static AgentPool of(AzureContext context, DesiredPool desired, String subnet) {
        return new AgentPool(context, desired, subnet, "", "", Optional.empty());
    }

    private static Set<ResourceId> after(DesiredPool desired) {
        Set<ResourceId> after = new HashSet<>(reservationRole(desired.request()));
        after.addAll(desired.after());
        after.add(AksCluster.ID);
        return after;
    }

    private static Set<ResourceId> reservationRole(PoolRequest request) {
        return request.reservation()
                .map(reservation -> Set.of(RoleAssignment.reservationId(Reservations.scope(reservation))))
                .orElse(Set.of());
    }

    @Override
    protected Set<ResourceId> roles() {
        return reservationRole(request);
    }

    static String armId(AzureContext context, String name) {
        return context.clusterId() + "/agentPools/" + name;
    }

    @Override
    public Optional<String> pool() {
        return request.specPool();
    }

    @Override
    public String agentPool() {
        return desired.name();
    }

    @Override
    public Set<ResourceId> replaces() {
        return desired.replaced();
    }

    @Override
    public boolean stopGrowth(State state) {
        return PoolGrowth.stop(context, armId());
    }

    @Override
    public List<String> newTaints(ArmObject replaced) {
        Set<String> before = present(replaced);
        return request.allTaints().stream()
                .filter(taint -> !before.contains(taint) && !taint.endsWith(":PreferNoSchedule"))
                .toList();
    }

    private static Set<String> present(ArmObject observed) {
        Set<String> present = new HashSet<>();
        observed.json().at("/properties/" + TAINTS).forEach(taint -> present.add(taint.asText()));
        return present;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>(context.ownership().tags(id()));
        tags.putAll(PoolNames.tags(request.specPool(), desired.generation()));
        return tags;
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "properties", request.properties(context.settings(), subnet, desired.size(), desired.zones(), tags()));
    }

    @Override
    protected ObjectNode creation(State state) {
        ObjectNode body = body(state);
        ObjectNode properties = (ObjectNode) body.get("properties");
        properties.put(COUNT, desired.initial());
        if (!newVersion.isEmpty()) {
            properties.put(VERSION, newVersion);
        }
        return body;
    }

    @Override
    protected Set<String> exact() {
        return Set.of("properties.nodeLabels");
    }

    /** AKS fixes these when a pool is made. */
    @Override
    protected Set<String> replacing() {
        return IMMUTABLE;
    }

    /** AKS has no pools in several virtual networks, and all other pools are created where the first one is. */
    @Override
    protected Set<String> impossible() {
        return request.isSystem() ? Set.of("properties." + SUBNET) : Set.of();
    }

    private static final Set<String> IMMUTABLE = Set.of(
            "properties.type",
            "properties.vmSize",
            "properties.osType",
            "properties.osDiskSizeGB",
            "properties." + SUBNET,
            "properties.availabilityZones",
            "properties.gpuProfile",
            "properties.scaleSetPriority",
            "properties.scaleSetEvictionPolicy",
            "properties.enableEncryptionAtHost",
            "properties." + RESERVATION);

    /** Whether it differs in something that AKS fixes at creation. */
    boolean needsReplacement(ArmObject observed) {
        return differences(observed, NOTHING).stream()
                .anyMatch(change -> change.effect() == FieldChange.Effect.REPLACE);
    }

    /** Pools of regular priority are wanted without the field, which AKS leaves out for them. */
    private List<FieldChange> differences(ArmObject observed, State state) {
        List<FieldChange> changes = new ArrayList<>(super.compare(observed, state));
        String priority = observed.text("/properties/scaleSetPriority");
        if (!request.spot() && priority.equalsIgnoreCase("Spot")) {
            changes.add(FieldChange.replacing("scaleSetPriority", priority, "Regular"));
        }
        if (request.reservation().isEmpty()) {
            observed.find("/properties/" + RESERVATION)
                    .ifPresent(group -> changes.add(FieldChange.replacing(RESERVATION, group, "absent")));
        }
        return changes;
    }

    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (ExistingPool.isStopped(observed)) {
            changes.add(FieldChange.inPlace(POWER, "Stopped", "Running"));
        }
        belowMinimum(observed).ifPresent(changes::add);
        differences(observed, state).forEach(change -> changes.add(judged(change, observed)));
        String running =
                observed.find("/properties/currentOrchestratorVersion").orElse(observed.text("/properties/" + VERSION));
        boolean upgrades = KubernetesVersion.number(running) >= 0
                && KubernetesVersion.number(running) < KubernetesVersion.number(version);
        if (upgrades) {
            changes.add(FieldChange.rolling(VERSION, running, version));
        }
        // An upgrade brings the newest image along.
        String present = observed.text("/properties/" + IMAGE);
        image.filter(newest -> !upgrades && NewestImages.replaces(newest, present))
                .ifPresent(newest -> changes.add(FieldChange.rolling(IMAGE, present, newest)));
        return request.scale().min() == 0 && ExistingPool.hasNoNodes(observed)
                ? Differences.withoutNodes(changes)
                : changes;
    }

    /** The autoscaler raises no pool to its minimum before a pod needs a node. */
    private Optional<FieldChange> belowMinimum(ArmObject observed) {
        int min = request.scale().min();
        int nodes = ExistingPool.nodes(observed);
        return nodes < min
                ? Optional.of(FieldChange.inPlace(COUNT, String.valueOf(nodes), "at least " + min))
                : Optional.empty();
    }

    /** What a change does to running work. */
    private FieldChange judged(FieldChange change, ArmObject observed) {
        if (change.refused() && change.field().equals(SUBNET)) {
            return NodeSubnet.moved(context, change.before(), change.after());
        }
        if (change.effect() == FieldChange.Effect.REPLACE) {
            return FieldChange.replacing(
                    change.field(), change.before(), change.after() + " (fixed by AKS at creation)");
        }
        return switch (change.field()) {
            // A newer or another image for every node.
            case SKU -> FieldChange.rolling(change.field(), change.before(), change.after());
            case MAX ->
                ExistingPool.nodes(observed) > request.scale().max()
                        ? FieldChange.inPlace(
                                change.field(),
                                change.before(),
                                change.after() + " (fewer than the " + ExistingPool.nodes(observed)
                                        + " nodes that run)",
                                Disruption.OUTAGE)
                        : change;
            case TAINTS ->
                evicts(observed)
                        ? FieldChange.inPlace(change.field(), change.before(), change.after(), Disruption.OUTAGE)
                        : change;
            default -> change;
        };
    }

    /** Whether there is a new taint by which pods that run are ended at once. */
    private boolean evicts(ArmObject observed) {
        Set<String> present = present(observed);
        return request.taints().stream()
                .anyMatch(taint -> taint.effect() == Taint.Effect.NO_EXECUTE && !present.contains(taint.toString()));
    }

    /** Rolling updates take a share for each batch of nodes. */
    @Override
    public Duration updateTime(ArmObject observed, List<FieldChange> changes) {
        long rolls = changes.stream()
                .filter(change -> change.disruption() == Disruption.ROLLING)
                .count();
        return rolls == 0 ? TIMING.update() : NODE.multipliedBy(rolls * batches(observed));
    }

    /**
     * AKS adds {@code maxSurge} nodes at a time, 10 % unless the pool says otherwise:
     * learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling.
     */
    private static long batches(ArmObject observed) {
        int nodes = Math.max(1, ExistingPool.nodes(observed));
        long atOnce = atOnce(observed);
        return (nodes + atOnce - 1) / atOnce;
    }

    /** Nodes that AKS adds at a time while it rolls the others. */
    static long atOnce(ArmObject observed) {
        int nodes = Math.max(1, ExistingPool.nodes(observed));
        String surge = observed.find("/properties/upgradeSettings/maxSurge").orElse("10%");
        String digits = surge.replaceAll("[^0-9]", "");
        long number = digits.isEmpty() ? 1 : Long.parseLong(digits);
        return Math.max(1, surge.endsWith("%") ? (nodes * number + 99) / 100 : number);
    }

    /** First everything but versions, then the version, then the image of the same version. */
    @Override
    public void update(ArmObject observed, List<FieldChange> changes, State state) {
        Set<String> fields = new HashSet<>();
        changes.forEach(change -> fields.add(change.field()));
        if (!Set.of(VERSION, IMAGE).containsAll(fields)) {
            super.update(
                    within(observed),
                    changes.stream()
                            .filter(change -> !change.field().equals(VERSION)
                                    && !change.field().equals(IMAGE))
                            .toList(),
                    state);
        } else if (fields.contains(VERSION)) {
            ObjectNode wanted = observed.json().deepCopy();
            ((ObjectNode) wanted.get("properties")).put(VERSION, version);
            put(wanted, observed);
        } else {
            context.arm().act(armType, armId, NEWEST_IMAGE, observed);
        }
    }

    /**
     * What is put again of what exists. A stopped pool is started by that: learn.microsoft.com/azure/aks/start-stop-nodepools.
     * The number of nodes belongs to the autoscaler, but AKS refuses bounds that do not hold it; the patch of the version may
     * have been pruned.
     */
    private ArmObject within(ArmObject observed) {
        ObjectNode present = observed.json().deepCopy();
        int count = ExistingPool.nodes(observed);
        ObjectNode properties = (ObjectNode) present.get("properties");
        properties.put(
                COUNT, Math.max(request.scale().min(), Math.min(request.scale().max(), count)));
        KubernetesVersion.dropPatch(properties, VERSION);
        if (ExistingPool.isStopped(observed)) {
            properties.set(POWER, Json.object("code", "Running"));
        }
        return new ArmObject(present, observed.operation());
    }

    /** AKS has no PATCH of pools. */
    @Override
    protected boolean patchesTags() {
        return false;
    }

    @Override
    protected Optional<String> etag(ArmObject observed) {
        return observed.find("/properties/eTag");
    }
}
