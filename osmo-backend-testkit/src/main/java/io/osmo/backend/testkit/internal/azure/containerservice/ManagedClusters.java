// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Operation;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Throttles;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.managedidentity.ManagedIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** AKS clusters: a control plane, its pools, and the group with what AKS creates for them. */
public final class ManagedClusters extends ResourceType {
    static final String[] VERSIONS = {"2025-09-01", "2025-08-01", "2025-05-01", "2024-09-01"};

    /** Twenty at once, then one a minute, for each cluster and each pool. */
    static final Throttles.Limit WRITES = new Throttles.Limit(20, Duration.ofMinutes(1));

    private static final Duration UPGRADE = Duration.ofMinutes(10);
    private static final List<String> COMPUTED = List.of("agentPoolProfiles", "provisioningState", "powerState");

    private final ControlPlanes planes;
    private final NodeResourceGroups nodeGroups;
    private final AgentPools pools;
    private final ManagedIdentity identities;
    private final ClusterPools requestedPools;
    private final ClusterNetworkRules networkRules;
    private final ClusterZoneRules zoneRules;
    private final ClusterEncryptionRules encryptionRules;
    private final ClusterActions actions;
    private final ClusterView view;

    ManagedClusters(
            AzureSubscription azure,
            ControlPlanes planes,
            NodeResourceGroups nodeGroups,
            AgentPools pools,
            ManagedIdentity identities,
            ClusterNetworkRules networkRules,
            ClusterZoneRules zoneRules,
            ClusterEncryptionRules encryptionRules,
            ClusterActions actions) {
        super(
                azure,
                Traits.tracked("Microsoft.ContainerService/managedClusters", VERSIONS)
                        .names("[a-zA-Z0-9]|[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]")
                        .etag("eTag")
                        .takes(Duration.ofMinutes(6), Duration.ofMinutes(2), Duration.ofMinutes(5))
                        .retryAfter(Duration.ofSeconds(10))
                        .deletionPreempts());
        this.planes = planes;
        this.nodeGroups = nodeGroups;
        this.pools = pools;
        this.identities = identities;
        this.requestedPools = new ClusterPools(azure, pools);
        this.networkRules = networkRules;
        this.zoneRules = zoneRules;
        this.encryptionRules = encryptionRules;
        this.actions = actions;
        this.view = new ClusterView(pools, nodeGroups, identities.ofResources);
    }

    // ------------------------------------------------------------------------------------------ requests

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        JsonNode profiles = properties.path("agentPoolProfiles").deepCopy();
        properties.remove(COMPUTED);
        ClusterDefaults.completeSku(write);
        ClusterRules.checkTier(write);
        ClusterRules.checkRunning(write);
        ClusterRules.checkIdentity(write, identities.userAssigned);
        ClusterDefaults.completeVersion(write);
        ClusterRules.checkVersion(write);
        ClusterDefaults.completeDns(write);
        ClusterDefaults.complete(write);
        ClusterRules.checkChanges(write);
        networkRules.check(write, profiles);
        ClusterRules.checkAccess(write);
        zoneRules.check(write, profiles);
        encryptionRules.check(write);
        ClusterRules.checkNodeResourceGroup(write, azure);
        Resource planned = new Resource(write.id(), this, write.body(), "", azure.now());
        planned.computed.put("version", ClusterRules.version(write));
        requestedPools.accept(write, profiles, planned);
        return write.body();
    }

    @Override
    protected ObjectNode patch(Resource cluster, ObjectNode patch) {
        ClusterRules.requireRunning(cluster);
        return super.patch(cluster, patch);
    }

    @Override
    protected Duration updateTime(Resource cluster, ObjectNode before) {
        String version = before.at("/properties/kubernetesVersion").asText();
        return version.equals(cluster.text("kubernetesVersion")) ? super.updateTime(cluster, before) : UPGRADE;
    }

    @Override
    protected Optional<Throttles.Limit> writeLimit() {
        return Optional.of(WRITES);
    }

    @Override
    protected ArmError throttled(Duration wait) {
        return AksErrors.throttled(azure, "PutManagedClusterHandler.PUT", wait);
    }

    /** An operation on a pool or an extension forbids one on the cluster, except its deletion. */
    @Override
    protected Optional<Operation> blockedBy(ArmId id) {
        return azure.under(id.text())
                .flatMap(resource -> Stream.ofNullable(resource.running))
                .findFirst();
    }

    @Override
    protected ArmError busy(Operation running) {
        return running.resource.is(pools)
                ? AksErrors.pending("Managed cluster operation is not allowed: another operation (" + running.state
                        + ") is in progress on agent pool (" + running.resource.name() + ")")
                : AksErrors.pending(running);
    }

    // ------------------------------------------------------------------------------------------ effects

    @Override
    protected void onStart(Resource cluster, boolean creates) {
        if (creates) {
            cluster.computed.put("uid", azure.hex(24)).put("host", azure.hex(8));
            cluster.computed.put(
                    "version",
                    Versions.resolve(cluster.text("kubernetesVersion")).orElseThrow());
            nodeGroups.create(cluster);
        }
        identities.ofResources.assign(cluster);
        requestedPools.start(cluster);
    }

    /** First the control plane, then the pools of the request, one after another. */
    @Override
    protected Optional<Duration> remaining(Resource cluster) {
        Operation operation = Objects.requireNonNull(cluster.running);
        if (planes.find(cluster).isEmpty() || !operation.state.equals("Updating")) {
            return Optional.empty();
        }
        upgradePlane(cluster);
        return pools.of(cluster)
                .flatMap(pool -> pools.roll(pool, operation).stream())
                .findFirst();
    }

    private void upgradePlane(Resource cluster) {
        String requested = cluster.text("kubernetesVersion");
        if (!Versions.keeps(requested, cluster.computed("version"))) {
            Versions.resolve(requested).ifPresent(version -> {
                cluster.computed.put("version", version);
                planes.find(cluster).ifPresent(plane -> plane.version(version));
            });
        }
    }

    @Override
    protected Optional<ArmError> onEnd(Resource cluster, boolean creates) {
        if (planes.find(cluster).isEmpty()) {
            boolean zoned = pools.of(cluster)
                    .anyMatch(
                            pool -> pool.properties().path("availabilityZones").size() > 1);
            planes.create(cluster, cluster.computed("version"), zoned);
        }
        upgradePlane(cluster);
        Optional<ArmError> failed = Optional.empty();
        for (Resource pool : pools.of(cluster).toList()) {
            Optional<ArmError> error = pools.onEnd(pool, creates && pool.state.equals("Creating"));
            pool.state = error.isPresent() ? "Failed" : "Succeeded";
            failed = failed.or(() -> error);
        }
        return failed;
    }

    /** The pools of a cluster whose creation fails fail with it. A PUT of the cluster brings all of them about. */
    @Override
    protected void onFailed(Resource cluster, ArmError why) {
        pools.of(cluster).filter(pool -> pool.state.equals("Creating")).forEach(pool -> {
            pool.state = "Failed";
            pool.failure = why;
        });
    }

    @Override
    protected void onDeleted(Resource cluster) {
        planes.remove(cluster);
        nodeGroups.remove(cluster);
    }

    @Override
    protected ArmReply act(Resource cluster, String action, ObjectNode body) {
        return switch (action) {
            case "abort" -> actions.abort(cluster);
            case "listClusterAdminCredential" -> actions.adminCredential(cluster);
            case "listClusterUserCredential" -> actions.userCredential(cluster);
            case "start", "stop" -> {
                checkIdle(cluster);
                yield actions.power(cluster, action.equals("stop"));
            }
            default -> super.act(cluster, action, body);
        };
    }

    private void checkIdle(Resource cluster) {
        Optional.ofNullable(cluster.running).or(() -> blockedBy(cluster.id)).ifPresent(running -> {
            throw busy(running);
        });
    }

    // ------------------------------------------------------------------------------------------ reading

    @Override
    protected Stream<String> uses(Resource cluster) {
        return Stream.of(cluster.text("diskEncryptionSetID")).filter(id -> !id.isEmpty());
    }

    @Override
    protected void show(Resource cluster, ObjectNode shown) {
        view.show(cluster, shown);
    }

    @Override
    protected String details(Resource cluster) {
        return " " + cluster.computed("version") + " "
                + cluster.body.at("/sku/tier").asText();
    }
}
