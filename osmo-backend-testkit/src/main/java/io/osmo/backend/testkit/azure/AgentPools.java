// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.VmSizes.VmSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Agent pools of AKS clusters. */
final class AgentPools extends ResourceType {
    static final String SPOT = "kubernetes.azure.com/scalesetpriority";
    private static final Pattern TAINT =
            Pattern.compile("[A-Za-z0-9._/-]+(=[A-Za-z0-9._-]*)?:(NoSchedule|NoExecute|PreferNoSchedule)");

    /** What can be given only when the pool is made. */
    private static final List<String> IMMUTABLE = List.of(
            "vmSize",
            "osDiskSizeGB",
            "osDiskType",
            "osType",
            "vnetSubnetID",
            "podSubnetID",
            "maxPods",
            "type",
            "availabilityZones",
            "scaleSetPriority",
            "gpuInstanceProfile",
            "gpuProfile",
            "kubeletConfig",
            "linuxOSConfig",
            "enableEncryptionAtHost",
            "enableNodePublicIP",
            "proximityPlacementGroupID",
            "capacityReservationGroupID",
            "hostGroupID");

    private final NodeResources machines;
    private final Registrations registrations;
    private final Identities identities;
    private final RoleAssignments roles;

    AgentPools(
            AzureSubscription azure,
            NodeResources machines,
            Registrations registrations,
            Identities identities,
            RoleAssignments roles) {
        super(
                azure,
                "Microsoft.ContainerService/managedClusters/agentPools",
                "2025-09-01",
                "2025-08-01",
                "2025-05-01",
                "2024-09-01");
        this.machines = machines;
        this.registrations = registrations;
        this.identities = identities;
        this.roles = roles;
    }

    @Override
    boolean isTracked() {
        return false;
    }

    @Override
    String names() {
        return "[a-z][a-z0-9]{0,11}";
    }

    @Override
    Duration createTime(Resource pool) {
        return Durations.POOL_CREATE;
    }

    @Override
    Duration updateTime(Resource pool, ObjectNode before) {
        String version = before.at("/properties/orchestratorVersion").asText();
        if (!version.equals(pool.text("orchestratorVersion"))) {
            return Durations.POOL_UPGRADE.multipliedBy(
                    Math.max(1, pool.properties().path("count").asInt()));
        }
        return Durations.POOL_UPDATE;
    }

    @Override
    Duration deleteTime(Resource pool) {
        return Durations.POOL_DELETE;
    }

    @Override
    Duration retryAfter() {
        return Duration.ofSeconds(10);
    }

    @Override
    Optional<Throttles.Limit> writeLimit() {
        return Optional.of(ManagedClusters.WRITES);
    }

    @Override
    ArmError throttled(Duration wait) {
        return ManagedClusters.throttled(azure, "PutAgentPoolHandler.PUT", wait);
    }

    @Override
    ArmError busy(Operation running) {
        String what = running.resource.is(this)
                ? "Another agentpool operation (" + running.resource.name() + " - " + running.doing + ")"
                : "Another operation (" + running.doing + ")";
        return ManagedClusters.pending("Operation is not allowed: " + what);
    }

    /** Pools of a cluster change side by side, but not while the cluster itself changes. */
    @Override
    Optional<Operation> blockedBy(ArmId id) {
        String cluster = id.parent();
        return Stream.concat(
                        azure.find(cluster).stream(), azure.under(cluster).filter(r -> r.type instanceof Extensions))
                .flatMap(r -> Stream.ofNullable(r.running))
                .findFirst();
    }

    Stream<Resource> of(Resource cluster) {
        return azure.under(cluster.id.text()).filter(r -> r.is(this));
    }

    @Override
    ObjectNode accept(Write write) {
        Resource cluster = azure.find(write.id().parent()).orElseThrow();
        if (cluster.actual.path("stopped").asBoolean()) {
            throw ArmError.badRequest(
                    "OperationNotAllowed", "The operation is not allowed: the managed cluster is stopped.");
        }
        ObjectNode body = accept(write, cluster, of(cluster).toList());
        if (write.creates() && of(cluster).count() >= 100) {
            throw ArmError.badRequest("MaxAgentPoolCountReached", "A cluster has at most 100 agent pools.");
        }
        return body;
    }

    /**
     * Checks a pool against its cluster.
     *
     * @param cluster has its version, region and network, but need not be made yet
     */
    ObjectNode accept(Write write, Resource cluster, List<Resource> pools) {
        ObjectNode properties = write.properties();
        Resource existing = write.existing();
        VmSize size = size(properties.path("vmSize").asText(""), cluster.location());
        defaults(write, cluster, size);
        if (existing != null) {
            refuseChanges(existing.properties(), properties);
        }
        checkScale(write);
        checkPlace(write.id(), properties, size, cluster, pools);
        checkLabels(properties);
        checkMode(write, size, pools);
        checkVersion(write, cluster);
        checkQuota(write, size, cluster);
        if (properties.has("gpuProfile") && size.gpus() == 0) {
            throw invalid("gpuProfile", "a GPU profile needs a VM size with GPUs, " + size.name() + " has none");
        }
        if (properties.path("enableEncryptionAtHost").asBoolean()
                && !registrations.hasFeature("Microsoft.Compute", "EncryptionAtHost")) {
            throw ArmError.badRequest(
                    "SubscriptionNotEnabledEncryptionAtHost",
                    "Subscription does not enable EncryptionAtHost. Please enable it in the subscription, see"
                            + " https://aka.ms/aks/host-encryption.");
        }
        if (write.creates()) {
            String reservation = properties.path("capacityReservationGroupID").asText("");
            checkReservation(reservation, cluster);
            // Microsoft: without a reservation in the group the pool is made with a warning, and not associated with
            // it.
            if (azure.under(reservation).findAny().isEmpty()) {
                properties.remove("capacityReservationGroupID");
            }
        }
        return write.body();
    }

    /** Machines of a reservation are taken by the user-assigned identity of the cluster, which needs the right to do so. */
    private void checkReservation(String reservation, Resource cluster) {
        if (reservation.isEmpty()) {
            return;
        }
        if (azure.find(reservation).isEmpty()) {
            throw ArmError.badRequest(
                    "CapacityReservationGroupNotFound",
                    "Capacity reservation group " + reservation + " was not found.");
        }
        String principal = identities
                .assigned(cluster.body)
                .orElseThrow(() -> ArmError.badRequest(
                        "BadRequest", "A capacity reservation group needs a cluster with a user-assigned identity."));
        String action = "Microsoft.Compute/capacityReservationGroups/deploy/action";
        if (!roles.allows(principal, action, false, reservation)) {
            throw new ArmError(
                    403,
                    "AuthorizationFailed",
                    "The client '" + principal + "' with object id '" + principal
                            + "' does not have authorization to perform action '" + action + "' over scope '"
                            + reservation + "' or the scope is invalid.");
        }
    }

    private static ArmError invalid(String property, String why) {
        return ArmError.badRequest(
                "InvalidParameter",
                "The value of parameter agentPoolProfile." + property + " is invalid: " + why
                        + ". Please see https://aka.ms/aks-naming-rules for more details.");
    }

    private static VmSize size(String name, String region) {
        VmSize size = VmSizes.find(name)
                .orElseThrow(() -> ArmError.badRequest(
                        "BadRequest",
                        "The VM size of " + name + " is not allowed in your subscription in location '" + region
                                + "'."));
        if (Regions.zones(region).isEmpty() && size.gpus() > 0) {
            throw ArmError.badRequest(
                    "BadRequest",
                    "The VM size of " + name + " is not allowed in your subscription in location '" + region + "'.");
        }
        return size;
    }

    private static void defaults(Write write, Resource cluster, VmSize size) {
        ObjectNode properties = write.properties();
        Resource existing = write.existing();
        if (existing != null) {
            for (String kept : IMMUTABLE) {
                if (!properties.hasNonNull(kept) && existing.properties().has(kept)) {
                    properties.set(kept, existing.properties().path(kept).deepCopy());
                }
            }
            for (String kept : List.of("orchestratorVersion", "osSKU", "mode", "upgradeSettings", "powerState")) {
                if (!properties.hasNonNull(kept) && existing.properties().has(kept)) {
                    properties.set(kept, existing.properties().path(kept).deepCopy());
                }
            }
        }
        boolean overlay = cluster.properties()
                .at("/networkProfile/networkPluginMode")
                .asText()
                .equals("overlay");
        properties.put("vmSize", size.name());
        if (properties.path("osDiskSizeGB").asInt() == 0) {
            properties.put("osDiskSizeGB", 128);
        }
        Json.byDefault(properties, "osDiskType", "Managed");
        Json.byDefault(properties, "kubeletDiskType", "OS");
        Json.byDefault(properties, "osType", "Linux");
        Json.byDefault(properties, "osSKU", "Ubuntu");
        Json.byDefault(properties, "maxPods", overlay ? 250 : 30);
        Json.byDefault(properties, "type", "VirtualMachineScaleSets");
        Json.byDefault(properties, "mode", "User");
        Json.byDefault(properties, "enableAutoScaling", false);
        Json.byDefault(properties, "scaleDownMode", "Delete");
        Json.byDefault(properties, "enableNodePublicIP", false);
        Json.byDefault(properties, "enableEncryptionAtHost", false);
        Json.byDefault(properties, "enableFIPS", false);
        Json.byDefault(properties, "enableUltraSSD", false);
        Json.byDefault(properties, "orchestratorVersion", cluster.text("kubernetesVersion"));
        if (!properties.path("powerState").hasNonNull("code")) {
            properties.putObject("powerState").put("code", "Running");
        }
        ObjectNode upgrade = Json.at(properties, "upgradeSettings");
        if (!upgrade.has("maxSurge") && !upgrade.has("maxUnavailable")) {
            upgrade.put("maxSurge", "10%");
        }
        ObjectNode security = Json.at(properties, "securityProfile");
        Json.byDefault(security, "enableVTPM", false);
        Json.byDefault(security, "enableSecureBoot", false);
        Json.byDefault(security, "sshAccess", "LocalUser");
        if (properties.path("scaleSetPriority").asText().equals("Spot")) {
            Json.byDefault(properties, "scaleSetEvictionPolicy", "Delete");
            Json.byDefault(properties, "spotMaxPrice", -1);
            Json.at(properties, "nodeLabels").put(SPOT, "spot");
            String taint = SPOT + "=spot:NoSchedule";
            if (!Json.strings(properties.path("nodeTaints")).contains(taint)) {
                ArrayNode taints = properties.path("nodeTaints") instanceof ArrayNode given
                        ? given
                        : properties.putArray("nodeTaints");
                taints.add(taint);
            }
        }
        if (!properties.has("count")) {
            int count = existing != null
                    ? existing.properties().path("count").asInt()
                    : properties.path("enableAutoScaling").asBoolean()
                            ? properties.path("minCount").asInt()
                            : 1;
            properties.put("count", count);
        }
    }

    private static void refuseChanges(ObjectNode old, ObjectNode asked) {
        for (String property : IMMUTABLE) {
            JsonNode before = old.path(property);
            JsonNode after = asked.path(property);
            boolean none = isNothing(before) && isNothing(after);
            boolean same = property.endsWith("ID")
                    ? before.asText("").equalsIgnoreCase(after.asText(""))
                    : before.equals(after);
            if (!none && !same) {
                String name = property.equals("gpuProfile") ? "gpuProfile.driver" : property;
                throw ArmError.badRequest(
                        "PropertyChangeNotAllowed", "Changing property 'properties." + name + "' is not allowed.");
            }
        }
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.isContainerNode() && node.isEmpty();
    }

    private static void checkScale(Write write) {
        ObjectNode properties = write.properties();
        boolean system = properties.path("mode").asText().equals("System");
        int count = properties.path("count").asInt();
        int least = system ? 1 : 0;
        boolean automatic = properties.path("enableAutoScaling").asBoolean();
        boolean bounds = properties.hasNonNull("minCount") && properties.hasNonNull("maxCount");
        int min = properties.path("minCount").asInt();
        int max = properties.path("maxCount").asInt();
        if (automatic && !bounds) {
            throw invalid("minCount", "minCount and maxCount are needed when the autoscaler is enabled");
        }
        if (!automatic && (properties.hasNonNull("minCount") || properties.hasNonNull("maxCount"))) {
            throw invalid("minCount", "minCount and maxCount need the autoscaler");
        }
        if (automatic && (min > max || min < least || max < 1 || max > 1000)) {
            throw invalid(
                    "minCount",
                    "minCount " + min + " and maxCount " + max + " must hold " + least
                            + " <= minCount <= maxCount <= 1000");
        }
        if (automatic && (count < min || count > max)) {
            throw invalid("count", "count " + count + " must be between minCount " + min + " and maxCount " + max);
        }
        if (count < least || count > 1000) {
            throw invalid("count", "count " + count + " must be between " + least + " and 1000");
        }
        int pods = properties.path("maxPods").asInt();
        if (pods < 10 || pods > 250) {
            throw invalid("maxPods", "maxPods " + pods + " must be between 10 and 250");
        }
        int disk = properties.path("osDiskSizeGB").asInt();
        if (disk < 30 || disk > 2048) {
            throw invalid("osDiskSizeGB", "osDiskSizeGB " + disk + " must be between 30 and 2048");
        }
    }

    private void checkPlace(ArmId id, ObjectNode properties, VmSize size, Resource cluster, List<Resource> pools) {
        for (String zone : Json.strings(properties.path("availabilityZones"))) {
            if (!size.isSold(cluster.location(), zone)) {
                throw ArmError.badRequest(
                        "AvailabilityZoneNotSupported",
                        "Preflight validation check for resource(s) for container service " + cluster.name()
                                + " failed. Message: The zone(s) '" + zone + "' for resource '" + id.name()
                                + "' is not supported. The supported zones for location '" + cluster.location()
                                + "' are '" + String.join(",", Regions.zones(cluster.location())) + "'.");
            }
        }
        String subnet = properties.path("vnetSubnetID").asText("");
        if (subnet.isEmpty()) {
            return;
        }
        Resource found = azure.find(subnet)
                .filter(r -> r.type instanceof Subnets)
                .orElseThrow(() -> ArmError.badRequest(
                        "VnetSubnetNotFound",
                        "The subnet " + subnet + " of agent pool " + id.name() + " was not found."));
        Resource network = azure.find(found.id.parent()).orElseThrow();
        if (!network.location().equals(cluster.location())) {
            throw ArmError.badRequest(
                    "VnetLocationMismatch",
                    "The virtual network " + network + " is not in " + cluster.location() + ".");
        }
        boolean elsewhere = pools.stream()
                .map(p -> p.text("vnetSubnetID"))
                .filter(s -> !s.isEmpty())
                .anyMatch(s -> !ArmId.of(s).parent().equalsIgnoreCase(network.id.text()));
        if (elsewhere) {
            throw ArmError.badRequest(
                    "AgentPoolsNotInSameVnet", "All agent pools of a cluster must be in the same virtual network.");
        }
        long wanted = pools.stream()
                        .filter(p -> p.text("vnetSubnetID").equalsIgnoreCase(subnet)
                                && !p.id.key().equals(id.key()))
                        .mapToLong(p -> most(p.properties()))
                        .sum()
                + most(properties);
        long room = Subnets.range(found).size() - Subnets.KEPT;
        if (wanted > room) {
            throw ArmError.badRequest(
                    "InsufficientSubnetSize",
                    "Pre-allocated IPs " + wanted + " exceeds IPs available " + room + " in Subnet Cidr "
                            + Subnets.range(found) + ", Subnet Name " + found.name() + ".");
        }
    }

    /** Nodes at the most, and those that come first when nodes are replaced. */
    private static long most(ObjectNode properties) {
        int nodes = properties.path("enableAutoScaling").asBoolean()
                ? properties.path("maxCount").asInt()
                : properties.path("count").asInt();
        return nodes + Math.max(1, nodes / 10);
    }

    private static void checkLabels(ObjectNode properties) {
        Json.map(properties.path("nodeLabels")).forEach((key, value) -> {
            if (key.startsWith("kubernetes.azure.com/") && !key.equals(SPOT)) {
                throw invalid("nodeLabels", "the label prefix kubernetes.azure.com is reserved: " + key);
            }
            if (!value.matches("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?")) {
                throw invalid("nodeLabels", "the value of " + key + " is no value of a label: " + value);
            }
        });
        for (String taint : Json.strings(properties.path("nodeTaints"))) {
            if (!TAINT.matcher(taint).matches()) {
                throw invalid("nodeTaints", "'" + taint + "' is not key=value:effect");
            }
        }
    }

    private static void checkMode(Write write, VmSize size, List<Resource> pools) {
        ObjectNode properties = write.properties();
        String mode = properties.path("mode").asText();
        if (!Set.of("System", "User", "Gateway").contains(mode)) {
            throw invalid("mode", "'" + mode + "' is no mode");
        }
        if (mode.equals("System")) {
            if (properties.path("scaleSetPriority").asText().equals("Spot")) {
                throw invalid("scaleSetPriority", "a system pool cannot be Spot");
            }
            if (size.vcpus() < 2 || size.memoryGib() < 4 || size.isBurstable()) {
                throw invalid("vmSize", "a system pool needs a size with 2 vCPU and 4 GiB that is not burstable");
            }
            boolean foreign = Json.strings(properties.path("nodeTaints")).stream()
                    .anyMatch(t -> !t.startsWith("CriticalAddonsOnly=true:") && !t.endsWith(":PreferNoSchedule"));
            if (foreign) {
                throw invalid("nodeTaints", "a system pool may have no hard taint but CriticalAddonsOnly=true");
            }
            if (properties.path("maxPods").asInt() < 30) {
                throw invalid("maxPods", "a system pool needs at least 30 pods per node");
            }
        } else if (write.existing() != null
                && write.existing().text("mode").equals("System")
                && pools.stream().filter(p -> p.text("mode").equals("System")).count() == 1) {
            throw ArmError.badRequest("BadRequest", "Must define at least one system pool.");
        }
    }

    private static void checkVersion(Write write, Resource cluster) {
        String asked = write.properties().path("orchestratorVersion").asText("");
        String runs = write.existing() == null
                ? ""
                : write.existing().actual.path("currentOrchestratorVersion").asText();
        if (!runs.isEmpty() && AksVersions.keeps(asked, runs)) {
            return;
        }
        String version = AksVersions.resolve(asked).orElseThrow(() -> ManagedClusters.unsupported(asked));
        String plane = cluster.actual.path("version").asText();
        boolean newer = AksVersions.number(version) > AksVersions.number(plane);
        if (newer || AksVersions.number(version) < AksVersions.number(plane) - 3) {
            throw ArmError.badRequest(
                    "NodePoolMcVersionIncompatible",
                    "Node pool version " + version + " and control plane version " + plane
                            + " are incompatible. Minor version of node pool cannot be bigger than control plane version,"
                            + " or more than 3 versions behind.");
        }
        Resource existing = write.existing();
        if (existing != null) {
            String current = existing.actual.path("currentOrchestratorVersion").asText();
            if (!current.isEmpty() && AksVersions.number(version) < AksVersions.number(current)) {
                throw ArmError.badRequest(
                        "OperationNotAllowed",
                        "Downgrading agent pool from " + current + " to " + version + " is not allowed.");
            }
        }
    }

    private void checkQuota(Write write, VmSize size, Resource cluster) {
        Resource existing = write.existing();
        int more = write.properties().path("count").asInt()
                - (existing == null ? 0 : existing.properties().path("count").asInt());
        if (more <= 0) {
            return;
        }
        boolean spot = write.properties().path("scaleSetPriority").asText().equals("Spot");
        for (String family : spot ? List.of(VmSizes.SPOT) : List.of(size.family(), VmSizes.TOTAL)) {
            int limit = azure.quota(family, VmSizes.defaultQuota(family));
            int used = usage(cluster.location(), family);
            if (used + more * size.vcpus() > limit) {
                throw ArmError.badRequest(
                        "ErrCode_InsufficientVCPUQuota",
                        "Insufficient vcpu quota requested " + more * size.vcpus() + ", remaining " + (limit - used)
                                + " for family " + family + " for region " + cluster.location() + ".");
            }
        }
    }

    /** vCPUs in use in a region, of a family, of all or of spot machines. */
    int usage(String region, String family) {
        return azure.all(this)
                .filter(pool -> pool.text("scaleSetPriority").equals("Spot") == family.equals(VmSizes.SPOT))
                .filter(pool -> azure.find(pool.id.parent())
                        .filter(c -> c.location().equals(region))
                        .isPresent())
                .mapToInt(pool -> VmSizes.find(pool.text("vmSize"))
                        .filter(s -> family.equals(VmSizes.TOTAL)
                                || family.equals(VmSizes.SPOT)
                                || s.family().equals(family))
                        .map(s -> s.vcpus() * pool.properties().path("count").asInt())
                        .orElse(0))
                .sum();
    }

    // ------------------------------------------------------------------------------------------ effects

    @Override
    Optional<ArmError> complete(Resource pool, boolean creates) {
        Resource cluster = azure.find(pool.id.parent()).orElseThrow();
        String asked = pool.text("orchestratorVersion");
        String runs = pool.actual.path("currentOrchestratorVersion").asText();
        String version = !runs.isEmpty() && AksVersions.keeps(asked, runs)
                ? runs
                : AksVersions.resolve(asked).orElseThrow();
        pool.actual.put("currentOrchestratorVersion", version);
        pool.actual.put("nodeImageVersion", imageVersion(pool, version));
        return machines.reconcile(cluster, pool);
    }

    private static String imageVersion(Resource pool, String version) {
        boolean noble =
                NodeResources.image(pool.text("osSKU"), version).osImage().contains("24.04");
        String line = pool.text("osSKU").startsWith("AzureLinux")
                ? "AKSAzureLinux-V3gen2"
                : noble ? "AKSUbuntu-2404gen2containerd" : "AKSUbuntu-2204gen2containerd";
        return line + "-202607.09.0";
    }

    @Override
    void checkDelete(Resource pool, @Nullable String goingGroup) {
        if (goingGroup != null) {
            return;
        }
        Resource cluster = azure.find(pool.id.parent()).orElseThrow();
        boolean last = pool.text("mode").equals("System")
                && of(cluster).filter(p -> p.text("mode").equals("System")).count() == 1;
        if (last) {
            throw ArmError.badRequest(
                    "OperationNotAllowed",
                    "There has to be at least one system agent pool. Must define at least one" + " system pool.");
        }
    }

    @Override
    void deleted(Resource pool) {
        azure.find(pool.id.parent()).ifPresent(cluster -> machines.removePool(cluster, pool));
    }

    @Override
    Stream<String> uses(Resource pool) {
        return Stream.of(pool.text("vnetSubnetID"), pool.text("capacityReservationGroupID"))
                .filter(id -> !id.isEmpty());
    }

    @Override
    ArmReply act(Resource pool, String action, ObjectNode body) {
        return switch (action) {
            case "abort" -> ManagedClusters.abort(azure, pool);
            case "upgradeNodeImageVersion" -> {
                if (pool.running != null) {
                    throw busy(pool.running);
                }
                azure.begin(
                        Operation.Kind.ACTION,
                        pool,
                        "UpgradingNodeImageVersion",
                        Durations.POOL_UPGRADE,
                        () -> complete(pool, false));
                yield ArmReply.of(202, null);
            }
            default -> super.act(pool, action, body);
        };
    }

    @Override
    void show(Resource pool, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        properties.put("eTag", pool.etag);
        fill(pool, properties);
    }

    /** What the service computes, in a pool and in its profile in the cluster. */
    private static void fill(Resource pool, ObjectNode properties) {
        properties.setAll(pool.actual);
        properties.put("provisioningState", pool.state);
        ManagedClusters.showFailure(pool, properties);
    }

    /** A pool as its cluster shows it. */
    ObjectNode profile(Resource pool) {
        ObjectNode profile = Json.object().put("name", pool.name());
        profile.setAll(pool.properties().deepCopy());
        profile.put("eTag", pool.etag);
        fill(pool, profile);
        return profile;
    }

    @Override
    String details(Resource pool) {
        ObjectNode properties = pool.properties();
        String scale = properties.path("enableAutoScaling").asBoolean()
                ? properties.path("minCount").asInt() + "-"
                        + properties.path("maxCount").asInt()
                : properties.path("count").asText();
        return " " + pool.text("mode") + " " + pool.text("vmSize") + " " + scale + " "
                + pool.actual.path("currentOrchestratorVersion").asText() + " "
                + Json.map(properties.path("nodeLabels")) + " "
                + Json.strings(properties.path("nodeTaints"));
    }
}
