// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.access.Kubeconfig;
import io.osmo.backend.azure.internal.catalog.KubernetesVersion;
import io.osmo.backend.azure.internal.catalog.OffersReader;
import io.osmo.backend.azure.internal.encryption.DiskEncryptionSet;
import io.osmo.backend.azure.internal.encryption.VaultKey;
import io.osmo.backend.azure.internal.identity.RoleKind;
import io.osmo.backend.azure.internal.identity.UserIdentity;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.azure.internal.network.VirtualNetwork;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The AKS cluster, made together with its system pool. */
public final class AksCluster extends ArmResource {
    public static final ResourceId ID = ResourceId.of("aks-cluster", "backend");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.CLUSTER
            .needs(ID.kind())
            .create(
                    ArmType.VIRTUAL_NETWORK.action("subnets/join/action"),
                    ArmType.IDENTITY.action("assign/action"),
                    ArmType.DISK_ENCRYPTION_SET.action("read"))
            .update(
                    ArmType.VIRTUAL_NETWORK.action("subnets/join/action"),
                    ArmType.IDENTITY.action("assign/action"),
                    ArmType.DISK_ENCRYPTION_SET.action("read"),
                    ArmType.CLUSTER.action("start/action"))
            .destroy(ArmType.CLUSTER.action("delete"));

    static final Timing TIMING = Timing.seconds(360, 120, 300, 10, 75);

    private static final String VERSION = "kubernetesVersion";
    private static final String POWER = "powerState";
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final int DNS_PREFIX_LIMIT = 54;

    private final BackendSpec spec;
    private final NodeSubnet subnet;
    private final String version;
    private final List<String> zones;

    /**
     * @param version minor version of Kubernetes; empty leaves it to AKS, where it could not be asked what it offers
     * @param zones of the system pool that is created with it
     */
    AksCluster(
            AzureContext context,
            BackendSpec spec,
            NodeSubnet subnet,
            String version,
            List<String> zones,
            Set<ResourceId> after) {
        super(
                context,
                ID,
                ArmType.CLUSTER,
                context.clusterId(),
                after,
                TIMING,
                "AKS cluster " + context.name() + " with its system pool");
        this.spec = spec;
        this.subnet = subnet;
        this.version = version;
        this.zones = List.copyOf(zones);
    }

    /** Name of the group that AKS makes for nodes, disks and load balancers. */
    public static String nodeGroup(AzureContext context) {
        return context.settings().nodeResourceGroup().orElseGet(() -> Names.shortened("MC_" + context.ownGroup(), 80));
    }

    /** Access to the cluster is read together with it once it exists. */
    @Override
    public Optional<ArmObject> read(State state) {
        return super.read(state)
                .map(cluster -> cluster.readiness().status() == Readiness.Status.READY
                                && !cluster.failed()
                                && !isStopped(cluster)
                        ? Kubeconfig.attach(context.arm(), cluster)
                        : cluster);
    }

    @Override
    protected ObjectNode body(State state) {
        AksSettings settings = context.settings();
        ObjectNode properties = Json.object(
                "enableRBAC", true,
                "disableLocalAccounts", !settings.localAccounts(),
                "aadProfile", aad(settings),
                "oidcIssuerProfile", Map.of("enabled", true),
                "securityProfile", security(state),
                "diskEncryptionSetID", DiskEncryptionSet.armId(context),
                "autoUpgradeProfile", Map.of("upgradeChannel", settings.upgradeChannel()),
                "networkProfile", network(state),
                "apiServerAccessProfile", api(settings),
                "storageProfile",
                        Map.of(
                                "diskCSIDriver", Map.of("enabled", true),
                                "snapshotController", Map.of("enabled", true)));
        Tier tier = tier(context.settings(), spec);
        properties.put("supportPlan", tier == Tier.PREMIUM ? "AKSLongTermSupport" : OffersReader.OFFICIAL);
        properties.put("nodeResourceGroup", nodeGroup(context));
        return Json.object(
                "location",
                context.region(),
                "tags",
                context.ownership().tags(ID),
                "sku",
                Map.of("name", "Base", "tier", tier.aks()),
                "identity",
                Map.of(
                        "type",
                        "UserAssigned",
                        "userAssignedIdentities",
                        Map.of(UserIdentity.armId(context, UserIdentity.CLUSTER), Map.of())),
                "properties",
                properties);
    }

    /** The tier that a spec asks for. Pure. */
    public static Tier tier(AksSettings settings, BackendSpec spec) {
        return settings.tier().orElse(spec.profile() == Profile.PRODUCTION ? Tier.STANDARD : Tier.FREE);
    }

    private ObjectNode aad(AksSettings settings) {
        return Json.object(
                "managed", true, "enableAzureRBAC", true, "adminGroupObjectIDs", List.copyOf(settings.adminGroups()));
    }

    private ObjectNode security(State state) {
        String key = VaultKey.uri(state.require(VaultKey.ID, ArmObject.class));
        return Json.object(
                "workloadIdentity",
                Map.of("enabled", true),
                "azureKeyVaultKms",
                Map.of("enabled", true, "keyId", key, "keyVaultNetworkAccess", "Public"));
    }

    private ObjectNode network(State state) {
        return Json.object(
                "networkPlugin",
                "azure",
                "networkPluginMode",
                "overlay",
                "networkDataplane",
                "cilium",
                "networkPolicy",
                "cilium",
                "loadBalancerSku",
                "standard",
                "outboundType",
                subnet.egress(),
                "serviceCidr",
                spec.network().serviceCidr(),
                "dnsServiceIP",
                Addresses.dns(spec.network().serviceCidr()));
    }

    /** Chosen once: a network that others widen later changes nothing about the pods. */
    private String pods(State state) {
        return Addresses.pods(
                spec,
                state.find(VirtualNetwork.ID, ArmObject.class)
                        .map(VirtualNetwork::ranges)
                        .orElseGet(() -> spec.network().cidr().stream().toList()));
    }

    private ObjectNode api(AksSettings settings) {
        ObjectNode profile =
                Json.object("enablePrivateCluster", !spec.apiEndpoint().publicAccess());
        if (spec.apiEndpoint().publicAccess()) {
            List<String> ranges = spec.apiEndpoint().publicCidrs().stream()
                    .filter(range -> !range.equals("0.0.0.0/0"))
                    .toList();
            profile.set("authorizedIPRanges", Json.object("ranges", ranges).get("ranges"));
        } else {
            profile.put("privateDNSZone", zone());
        }
        return profile;
    }

    private String zone() {
        return context.settings().privateDnsZone().orElse("system");
    }

    @Override
    protected ObjectNode creation(State state) {
        ObjectNode body = body(state);
        ObjectNode properties = (ObjectNode) body.get("properties");
        if (!version.isEmpty()) {
            properties.put(VERSION, version);
        }
        ((ObjectNode) properties.get("networkProfile")).put("podCidr", pods(state));
        properties.put("dnsPrefix", Names.shortened(context.name(), DNS_PREFIX_LIMIT));
        properties.putArray("agentPoolProfiles").add(SystemPool.profile(context, subnet.id(), zones));
        return body;
    }

    @Override
    protected Set<String> exact() {
        return Set.of();
    }

    @Override
    protected Set<String> replacing() {
        return Set.of();
    }

    /** Only a new cluster has them otherwise. */
    @Override
    protected Set<String> impossible() {
        Set<String> paths = new TreeSet<>(Set.of(
                "location",
                "identity",
                "properties.enableRBAC",
                "properties.diskEncryptionSetID",
                "properties.networkProfile",
                "properties.nodeResourceGroup",
                "properties.apiServerAccessProfile.enablePrivateCluster"));
        // The only zone that AKS takes later is none: learn.microsoft.com/azure/aks/private-clusters.
        if (!zone().equalsIgnoreCase("none")) {
            paths.add("properties.apiServerAccessProfile.privateDNSZone");
        }
        return paths;
    }

    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (isStopped(observed)) {
            changes.add(FieldChange.inPlace(POWER, "Stopped", "Running"));
        }
        changes.addAll(new FixedFields(context, spec, subnet, observed).inSpec(super.compare(observed, state)));
        UserIdentity.reassigned(context, UserIdentity.CLUSTER, observed, state).ifPresent(changes::add);
        int running = KubernetesVersion.number(current(observed));
        if (running >= 0 && running < KubernetesVersion.number(version)) {
            changes.add(FieldChange.rolling(VERSION, current(observed), version));
        }
        return changes;
    }

    /** The cluster has been stopped: it has no nodes, and AKS refuses to change it. */
    static boolean isStopped(ArmObject cluster) {
        return cluster.text("/properties/powerState/code").equals("Stopped");
    }

    /** Each minor version takes its time. */
    @Override
    public Duration updateTime(ArmObject observed, List<FieldChange> changes) {
        int steps = Math.max(0, KubernetesVersion.number(version) - KubernetesVersion.number(current(observed)));
        return steps > 0 ? STEP.multipliedBy(steps) : TIMING.update();
    }

    /** The version that runs, patch and all. */
    public static String current(ArmObject cluster) {
        return cluster.find("/properties/currentKubernetesVersion").orElse(cluster.text("/properties/" + VERSION));
    }

    /** First everything but versions, then the control plane by one minor version. Pools are upgraded separately. */
    @Override
    public void update(ArmObject observed, List<FieldChange> changes, State state) {
        if (changes.stream().anyMatch(change -> change.field().equals(POWER))) {
            context.arm().act(armType, armId, "start", observed);
            return;
        }
        List<FieldChange> others =
                changes.stream().filter(c -> !c.field().equals(VERSION)).toList();
        if (!others.isEmpty()) {
            super.update(unpatched(observed), others, state);
            return;
        }
        ObjectNode wanted = (ObjectNode) unpatched(observed).json();
        ((ObjectNode) wanted.get("properties"))
                .put(VERSION, KubernetesVersion.step(current(observed), version).orElse(version));
        put(wanted, observed);
    }

    /**
     * As it is, without the patch that AKS may have pruned meanwhile, and with numbers of nodes that the bounds of their pools hold, as AKS
     * demands. A minor version that already runs starts no upgrade:
     * learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update.
     */
    private ArmObject unpatched(ArmObject observed) {
        ObjectNode json = observed.json().deepCopy();
        ObjectNode properties = (ObjectNode) json.get("properties");
        KubernetesVersion.dropPatch(properties, VERSION);
        properties.path("agentPoolProfiles").forEach(pool -> {
            KubernetesVersion.dropPatch((ObjectNode) pool, "orchestratorVersion");
            bound((ObjectNode) pool);
        });
        return new ArmObject(json, observed.operation());
    }

    /** The autoscaler owns the number of nodes of a pool, but AKS refuses bounds that do not hold it. */
    private static void bound(ObjectNode pool) {
        if (pool.path("enableAutoScaling").asBoolean(false)) {
            int count = pool.path("count").asInt();
            pool.put(
                    "count",
                    Math.max(
                            pool.path("minCount").asInt(),
                            Math.min(pool.path("maxCount").asInt(count), count)));
        }
    }

    @Override
    protected Optional<String> etag(ArmObject observed) {
        return observed.find("/eTag");
    }

    @Override
    protected Set<ResourceId> roles() {
        return Set.of(RoleKind.CLUSTER_NETWORK.id(), RoleKind.CLUSTER_ZONE.id(), RoleKind.CLUSTER_KEYS.id());
    }

    /** The range of pods of a cluster that the spec creates. */
    public static String pods(BackendSpec spec, List<String> network) {
        return Addresses.pods(spec, network);
    }
}
