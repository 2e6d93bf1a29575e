// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.catalog.KubernetesVersion;
import io.osmo.backend.azure.internal.catalog.PoolSizes;
import io.osmo.backend.azure.internal.catalog.Reservations;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A user pool of the cluster, for one pool of the spec. */
final class AgentPool extends ArmResource {
    static final String KIND = "agent-pool";

    /** AKS itself puts this on spot nodes and shows it among the pool's own. */
    private static final String SPOT_KEY = "kubernetes.azure.com/scalesetpriority";

    private static final String SPOT_TAINT = SPOT_KEY + "=spot:NoSchedule";
    private static final String VERSION = "orchestratorVersion";

    private final NodePool pool;
    private final String subnet;
    private final String version;
    private final List<String> zones;

    /**
     * @param version minor version of Kubernetes of the cluster
     * @param zones sorted; empty in a region without zones
     */
    AgentPool(AzureContext context, NodePool pool, String subnet, String version, List<String> zones) {
        super(
                context,
                id(pool.name()),
                ArmType.AGENT_POOL,
                armId(context, pool.name()),
                after(context, pool),
                Timing.seconds(180, 90, 180, 5, 60),
                "agent pool " + PoolNames.of(pool.name()) + " of " + PoolSizes.of(pool)
                        + (zones.isEmpty() ? "" : " in zones " + String.join(", ", zones)));
        this.pool = pool;
        this.subnet = subnet;
        this.version = version;
        this.zones = List.copyOf(zones);
    }

    private static Set<ResourceId> after(AzureContext context, NodePool pool) {
        Set<ResourceId> after = new HashSet<>(reservationRole(context, pool));
        after.add(AksCluster.ID);
        return after;
    }

    private static Set<ResourceId> reservationRole(AzureContext context, NodePool pool) {
        return Reservations.of(pool, context.settings())
                .map(reservation -> Set.of(RoleAssignment.reservationId(Reservations.scope(reservation))))
                .orElse(Set.of());
    }

    @Override
    protected Set<ResourceId> roles() {
        return reservationRole(context, pool);
    }

    static ResourceId id(String pool) {
        return ResourceId.of(KIND, pool);
    }

    static String armId(AzureContext context, String pool) {
        return context.clusterId() + "/agentPools/" + PoolNames.of(pool);
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(pool.name());
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(AksCluster.ID);
    }

    @Override
    protected ObjectNode body(State state) {
        AksSettings settings = context.settings();
        Map<String, String> labels = new TreeMap<>(pool.labels());
        List<String> taints = new ArrayList<>();
        pool.taints().forEach(taint -> taints.add(taint.toString()));
        if (pool.spot()) {
            labels.put(SPOT_KEY, "spot");
            taints.add(SPOT_TAINT);
        }
        ObjectNode properties = Json.object(
                "mode", "User",
                "type", "VirtualMachineScaleSets",
                "vmSize", PoolSizes.of(pool),
                "osType", "Linux",
                "osSKU", settings.nodeOsSku(),
                "osDiskSizeGB", pool.diskGib(),
                "vnetSubnetID", subnet,
                "enableAutoScaling", true,
                "minCount", pool.scale().min(),
                "maxCount", pool.scale().max(),
                "enableEncryptionAtHost", settings.hostEncryption(),
                "nodeLabels", labels,
                "nodeTaints", taints,
                "tags", context.ownership().tags(id()),
                "capacityReservationGroupID", Reservations.of(pool, settings));
        if (!zones.isEmpty()) {
            properties.set("availabilityZones", Json.object("zones", zones).get("zones"));
        }
        if (pool.role() == PoolRole.GPU) {
            properties.set(
                    "gpuProfile", Json.object("driver", settings.gpuDriver().aks()));
        }
        if (pool.spot()) {
            properties.put("scaleSetPriority", "Spot");
            properties.put("scaleSetEvictionPolicy", "Delete");
        }
        return Json.object("properties", properties);
    }

    @Override
    protected ObjectNode creation(State state) {
        ObjectNode body = body(state);
        ObjectNode properties = (ObjectNode) body.get("properties");
        properties.put("count", pool.scale().initial());
        if (!version.isEmpty()) {
            properties.put(VERSION, version);
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

    private static final Set<String> IMMUTABLE = Set.of(
            "properties.type",
            "properties.vmSize",
            "properties.osType",
            "properties.osDiskSizeGB",
            "properties.vnetSubnetID",
            "properties.availabilityZones",
            "properties.gpuProfile",
            "properties.scaleSetPriority",
            "properties.scaleSetEvictionPolicy",
            "properties.enableEncryptionAtHost",
            "properties.capacityReservationGroupID");

    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        for (FieldChange change : super.compare(observed, state)) {
            // Tags of a pool lie in its properties; they are told as those of all other objects.
            changes.add(
                    change.effect() == FieldChange.Effect.REPLACE
                            ? FieldChange.replacing(
                                    change.field(),
                                    change.before(),
                                    change.after()
                                            + " (fixed by AKS at creation: the pool is deleted and made anew, and"
                                            + " what runs on it ends)")
                            : change);
        }
        String running =
                observed.find("/properties/currentOrchestratorVersion").orElse(observed.text("/properties/" + VERSION));
        if (KubernetesVersion.number(running) >= 0
                && KubernetesVersion.number(running) < KubernetesVersion.number(version)) {
            changes.add(FieldChange.inPlace(VERSION, running, version));
        }
        return changes;
    }

    @Override
    public void update(ArmObject observed, List<FieldChange> changes, State state) {
        boolean versionOnly = changes.stream().allMatch(c -> c.field().equals(VERSION));
        if (versionOnly) {
            ObjectNode wanted = observed.json().deepCopy();
            ((ObjectNode) wanted.get("properties")).put(VERSION, version);
            put(wanted, observed);
        } else {
            super.update(within(observed), changes, state);
        }
    }

    /**
     * What is put again of what stands: the number of nodes belongs to the autoscaler, but AKS refuses bounds that do not hold
     * it; the patch of the version may have been pruned.
     */
    private ArmObject within(ArmObject observed) {
        ObjectNode standing = observed.json().deepCopy();
        int count = standing.at("/properties/count").asInt();
        ObjectNode properties = (ObjectNode) standing.get("properties");
        properties.put(
                "count", Math.max(pool.scale().min(), Math.min(pool.scale().max(), count)));
        KubernetesVersion.dropPatch(properties, VERSION);
        return new ArmObject(standing, observed.operation());
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
