// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Throttles;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.compute.Compute;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes.VmSize;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Agent pools of AKS clusters. */
final class AgentPools extends ResourceType implements Compute.Usage {
    private static final int MOST = 100;
    /** From the acceptance of an upgrade to its first node. */
    private static final Duration START = Duration.ofSeconds(10);

    private final PoolMachines machines;
    private final PoolPlacement placement;
    private final PoolReservations reservations;
    final NodeImages images = new NodeImages(this);
    private final PoolRolls rolls;

    AgentPools(AzureSubscription azure, PoolMachines machines, PoolPlacement placement, PoolReservations reservations) {
        super(
                azure,
                Traits.proxy("Microsoft.ContainerService/managedClusters/agentPools", ManagedClusters.VERSIONS)
                        .names("[a-z][a-z0-9]{0,11}")
                        .takes(Duration.ofMinutes(3), Duration.ofSeconds(90), Duration.ofMinutes(3))
                        .retryAfter(Duration.ofSeconds(10)));
        this.machines = machines;
        this.placement = placement;
        this.reservations = reservations;
        this.rolls = new PoolRolls(azure, machines, images, this::surgeQuota);
    }

    // ------------------------------------------------------------------------------------------ requests

    @Override
    protected ObjectNode accept(Write write) {
        Resource cluster = azure.find(write.id().parent()).orElseThrow();
        ClusterRules.requireRunning(cluster);
        List<Resource> all = of(cluster).toList();
        ObjectNode body = accept(write, cluster, all);
        if (write.creates() && all.size() >= MOST) {
            throw ArmError.badRequest("MaxAgentPoolCountReached", "A cluster has at most " + MOST + " agent pools.");
        }
        return body;
    }

    /**
     * Checks a pool against its cluster.
     *
     * @param cluster has its version, region and network, but need not exist yet
     * @param all pools of the cluster
     */
    ObjectNode accept(Write write, Resource cluster, List<Resource> all) {
        VmSize size = placement.size(write, cluster.location());
        PoolDefaults.complete(write, cluster, size);
        PoolRules.checkChanges(write);
        PoolRules.checkScale(write.properties());
        placement.check(write, size, cluster, all);
        PoolRules.checkTags(write.properties());
        PoolRules.checkLabels(write.properties());
        PoolRules.checkMode(write, size, all);
        PoolRules.checkVersion(write, cluster);
        checkQuota(write, size, cluster);
        placement.checkFeatures(write.properties(), size);
        if (write.creates()) {
            reservations.accept(write.properties(), cluster);
        }
        return write.body();
    }

    private void checkQuota(Write write, VmSize size, Resource cluster) {
        Resource existing = write.existing();
        ObjectNode properties = write.properties();
        int more = properties.path("count").asInt()
                - (existing == null ? 0 : existing.properties().path("count").asInt());
        quota(properties, size, cluster, more).ifPresent(refused -> {
            throw refused;
        });
    }

    private Optional<ArmError> surgeQuota(Resource cluster, Resource pool) {
        VmSize size = VmSizes.find(pool.text("vmSize")).orElseThrow();
        return quota(pool.properties(), size, cluster, 1);
    }

    private Optional<ArmError> quota(ObjectNode properties, VmSize size, Resource cluster, int more) {
        boolean spot = PoolDefaults.isSpot(properties);
        for (String family : spot ? List.of(VmSizes.SPOT) : List.of(size.family(), VmSizes.TOTAL)) {
            int limit = azure.quota(family, VmSizes.defaultQuota(family));
            int used = vcpus(cluster.location(), family);
            if (more > 0 && used + more * size.vcpus() > limit) {
                return Optional.of(ArmError.badRequest(
                        "ErrCode_InsufficientVCPUQuota",
                        "Insufficient vcpu quota requested " + more * size.vcpus() + ", remaining " + (limit - used)
                                + " for family " + family + " for region " + cluster.location() + "."));
            }
        }
        return Optional.empty();
    }

    /**
     * vCPUs that the pools of a region use.
     *
     * @param family a family, {@link VmSizes#TOTAL} or {@link VmSizes#SPOT}
     */
    @Override
    public int vcpus(String region, String family) {
        return all().filter(pool -> PoolDefaults.isSpot(pool.properties()) == family.equals(VmSizes.SPOT))
                .filter(pool -> azure.find(pool.id.parent())
                        .filter(cluster -> cluster.location().equals(region))
                        .isPresent())
                .mapToInt(pool -> VmSizes.find(pool.text("vmSize"))
                        .filter(size -> family.equals(VmSizes.TOTAL)
                                || family.equals(VmSizes.SPOT)
                                || size.family().equals(family))
                        .map(size ->
                                size.vcpus() * pool.properties().path("count").asInt())
                        .orElse(0))
                .sum();
    }

    @Override
    public int osDisks(String region) {
        return all().filter(pool -> pool.text("osDiskType").equals("Managed"))
                .filter(pool -> azure.find(pool.id.parent())
                        .filter(cluster -> cluster.location().equals(region))
                        .isPresent())
                .mapToInt(pool -> pool.properties().path("count").asInt())
                .sum();
    }

    @Override
    protected Duration updateTime(Resource pool, ObjectNode before) {
        String version = before.at("/properties/orchestratorVersion").asText();
        return version.equals(pool.text("orchestratorVersion")) ? super.updateTime(pool, before) : START;
    }

    @Override
    protected Optional<Throttles.Limit> writeLimit() {
        return Optional.of(ManagedClusters.WRITES);
    }

    @Override
    protected ArmError throttled(Duration wait) {
        return AksErrors.throttled(azure, "PutAgentPoolHandler.PUT", wait);
    }

    /** Pools of a cluster change independently, but not while the cluster or an extension of it changes. */
    @Override
    protected Optional<Operation> blockedBy(ArmId id) {
        String cluster = id.parent();
        return Stream.concat(
                        azure.find(cluster).stream(), azure.under(cluster).filter(resource -> !resource.id.isChild()))
                .flatMap(resource -> Stream.ofNullable(resource.running))
                .findFirst();
    }

    @Override
    protected ArmError busy(Operation running) {
        return running.resource.is(this)
                ? AksErrors.pending("Operation is not allowed: Another agentpool operation (" + running.resource.name()
                        + " - " + running.state + ")")
                : AksErrors.pending("Operation is not allowed: Another operation (" + running.state + ")");
    }

    @Override
    public void checkDelete(Resource pool, @Nullable String group) {
        Resource cluster = azure.find(pool.id.parent()).orElseThrow();
        if (group == null) {
            ClusterRules.requireRunning(cluster);
        }
        if (group == null && PoolRules.isOnlySystemPool(pool, of(cluster).toList())) {
            throw AksErrors.notAllowed(
                    "There has to be at least one system agent pool. Must define at least one system pool.");
        }
    }

    // ------------------------------------------------------------------------------------------ effects

    @Override
    protected Optional<Duration> remaining(Resource pool) {
        return roll(pool, Objects.requireNonNull(pool.running));
    }

    /** Goes on with the roll of a pool in an operation on it or its cluster; the time to its next step, empty when it is over. */
    Optional<Duration> roll(Resource pool, Operation operation) {
        return rolls.proceed(azure.find(pool.id.parent()).orElseThrow(), pool, operation);
    }

    @Override
    protected Optional<ArmError> onEnd(Resource pool, boolean creates) {
        Resource cluster = azure.find(pool.id.parent()).orElseThrow();
        return rolls.end(pool).or(() -> machines.reconcile(cluster, pool));
    }

    @Override
    protected void onDeleted(Resource pool) {
        azure.find(pool.id.parent()).ifPresent(cluster -> machines.remove(cluster, pool));
    }

    @Override
    protected ArmReply act(Resource pool, String action, ObjectNode body) {
        switch (action) {
            case "abort":
                return ClusterActions.abort(azure, pool);
            case "upgradeNodeImageVersion":
                azure.find(pool.id.parent()).ifPresent(ClusterRules::requireRunning);
                if (pool.running != null) {
                    throw busy(pool.running);
                }
                blockedBy(pool.id).ifPresent(running -> {
                    throw busy(running);
                });
                azure.start(Operation.Kind.ACTION, pool, PoolRolls.NEWEST, START, () -> onEnd(pool, false));
                return ArmReply.accepted();
            default:
                return super.act(pool, action, body);
        }
    }

    // ------------------------------------------------------------------------------------------ reading

    @Override
    protected Stream<String> uses(Resource pool) {
        return Stream.of(pool.text("vnetSubnetID"), pool.text("capacityReservationGroupID"))
                .filter(id -> !id.isEmpty());
    }

    @Override
    protected void show(Resource pool, ObjectNode view) {
        complete(pool, Json.at(view, "properties"));
    }

    /** A pool as its cluster shows it. */
    ObjectNode profile(Resource pool) {
        ObjectNode profile = Json.object().put("name", pool.name());
        profile.setAll(pool.properties().deepCopy());
        complete(pool, profile);
        return profile;
    }

    private void complete(Resource pool, ObjectNode properties) {
        // Pools of a stopped cluster are shown as stopped, whatever they are once it runs again.
        if (azure.find(pool.id.parent()).filter(ClusterRules::isStopped).isPresent()) {
            Json.at(properties, "powerState").put("code", "Stopped");
        }
        properties.put("eTag", pool.etag);
        properties.setAll(pool.computed);
        properties.put("provisioningState", pool.state);
        ClusterView.showFailure(pool, properties);
    }

    @Override
    protected String details(Resource pool) {
        ObjectNode properties = pool.properties();
        String scale = properties.path("enableAutoScaling").asBoolean()
                ? properties.path("minCount").asInt() + "-"
                        + properties.path("maxCount").asInt()
                : properties.path("count").asText();
        return " " + pool.text("mode") + " " + pool.text("vmSize") + " " + scale + " "
                + pool.computed("currentOrchestratorVersion") + " " + Json.map(properties.path("nodeLabels")) + " "
                + Json.strings(properties.path("nodeTaints"));
    }
}
