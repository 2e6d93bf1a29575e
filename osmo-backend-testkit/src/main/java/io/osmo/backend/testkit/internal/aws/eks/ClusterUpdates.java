// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eks.model.*;

/** Changes of clusters: one at a time for each. */
final class ClusterUpdates {
    private static final Duration CONFIG = Duration.ofMinutes(2);
    private static final Duration UPGRADE = Duration.ofMinutes(9);

    private final Eks eks;
    private final ClusterRules rules;

    ClusterUpdates(Eks eks) {
        this.eks = eks;
        this.rules = new ClusterRules(eks);
    }

    UpdateClusterVersionResponse updateClusterVersion(UpdateClusterVersionRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            Cluster cluster = eks.requireActive(r.name());
            Versions.Offer target = Versions.offer(r.version());
            int from = Versions.number(cluster.version());
            int to = Versions.number(r.version());
            if (to == from) {
                throw EksErrors.invalidParameter("Cluster is already at the desired version " + r.version());
            }
            if (to != from + 1) {
                throw EksErrors.invalidParameter(
                        "Unsupported Kubernetes minor version update from " + cluster.version() + " to " + r.version());
            }
            List<String> behind = eks.nodeGroups(r.name()).stream()
                    .filter(g -> to - Versions.number(g.version()) > 3)
                    .map(Nodegroup::nodegroupName)
                    .toList();
            if (!behind.isEmpty()) {
                throw EksErrors.invalidRequest("Nodegroups " + behind
                        + " must be updated before the cluster can be updated to " + r.version());
            }
            updating(r.name());
            Update update = Updates.begin(
                    eks,
                    r.name(),
                    UpdateType.VERSION_UPDATE,
                    List.of(
                            Updates.param(UpdateParamType.VERSION, r.version()),
                            Updates.param(UpdateParamType.PLATFORM_VERSION, "eks.8")),
                    UPGRADE,
                    () -> {
                        eks.kubernetes(r.name()).version(target.patch());
                        updated(r.name(), c -> c.version(r.version()));
                    });
            return UpdateClusterVersionResponse.builder().update(update).build();
        });
    }

    UpdateClusterConfigResponse updateClusterConfig(UpdateClusterConfigRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            Cluster cluster = eks.requireActive(r.name());
            List<Supplier<Update>> changes = new ArrayList<>();
            if (r.resourcesVpcConfig() != null) {
                changes.add(() -> endpoints(cluster, r.resourcesVpcConfig()));
            }
            if (r.logging() != null) {
                changes.add(() -> logging(cluster, r.logging()));
            }
            if (r.accessConfig() != null) {
                changes.add(() -> authentication(cluster, r.accessConfig().authenticationMode()));
            }
            if (r.upgradePolicy() != null) {
                changes.add(() -> upgradePolicy(r.name(), r.upgradePolicy().supportType()));
            }
            if (r.zonalShiftConfig() != null) {
                changes.add(() -> zonalShift(r.name(), r.zonalShiftConfig().enabled()));
            }
            if (r.deletionProtection() != null) {
                changes.add(() -> deletionProtection(r.name(), r.deletionProtection()));
            }
            if (changes.size() != 1) {
                throw EksErrors.invalidParameter(
                        "Exactly one type of update can be made at a time, not " + changes.size());
            }
            return UpdateClusterConfigResponse.builder()
                    .update(changes.get(0).get())
                    .build();
        });
    }

    private Update endpoints(Cluster cluster, VpcConfigRequest wanted) {
        VpcConfigResponse old = cluster.resourcesVpcConfig();
        boolean publicAccess =
                wanted.endpointPublicAccess() == null ? old.endpointPublicAccess() : wanted.endpointPublicAccess();
        boolean privateAccess =
                wanted.endpointPrivateAccess() == null ? old.endpointPrivateAccess() : wanted.endpointPrivateAccess();
        List<String> cidrs =
                wanted.publicAccessCidrs().isEmpty() ? old.publicAccessCidrs() : wanted.publicAccessCidrs();
        ClusterRules.checkEndpoints(publicAccess, privateAccess);
        if (publicAccess == old.endpointPublicAccess()
                && privateAccess == old.endpointPrivateAccess()
                && Set.copyOf(cidrs).equals(Set.copyOf(old.publicAccessCidrs()))
                && wanted.subnetIds().isEmpty()) {
            throw EksErrors.invalidParameter(
                    "Cluster is already at the desired configuration with endpointPrivateAccess: " + privateAccess
                            + " , endpointPublicAccess: " + publicAccess + ", and Public Endpoint Restrictions: "
                            + cidrs);
        }
        List<String> subnets = wanted.subnetIds().isEmpty() ? old.subnetIds() : wanted.subnetIds();
        // https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html
        if (!rules.subnets(subnets).get(0).vpcId().equals(old.vpcId())) {
            throw EksErrors.invalidParameter("Subnets must be in the VPC of the cluster, " + old.vpcId());
        }
        return begin(
                cluster.name(),
                UpdateType.ENDPOINT_ACCESS_UPDATE,
                UpdateParamType.PUBLIC_ACCESS_CIDRS,
                cidrs,
                c -> c.resourcesVpcConfig(old.toBuilder()
                        .endpointPublicAccess(publicAccess)
                        .endpointPrivateAccess(privateAccess)
                        .publicAccessCidrs(publicAccess ? cidrs : List.of())
                        .subnetIds(subnets)
                        .build()));
    }

    private Update logging(Cluster cluster, Logging wanted) {
        Logging complete = ClusterLogging.complete(wanted);
        if (complete.equals(cluster.logging())) {
            throw EksErrors.invalidParameter("No changes needed for the logging config provided");
        }
        return begin(
                cluster.name(),
                UpdateType.LOGGING_UPDATE,
                UpdateParamType.CLUSTER_LOGGING,
                wanted,
                c -> c.logging(complete));
    }

    private Update authentication(Cluster cluster, AuthenticationMode wanted) {
        AuthenticationMode old = cluster.accessConfig().authenticationMode();
        if (wanted == old || old == AuthenticationMode.API) {
            throw EksErrors.invalidParameter("Unsupported authentication mode update from " + old + " to " + wanted);
        }
        return begin(
                cluster.name(),
                UpdateType.ACCESS_CONFIG_UPDATE,
                UpdateParamType.AUTHENTICATION_MODE,
                wanted,
                c -> c.accessConfig(a -> a.authenticationMode(wanted)));
    }

    private Update upgradePolicy(String cluster, SupportType wanted) {
        return begin(
                cluster,
                UpdateType.UPGRADE_POLICY_UPDATE,
                UpdateParamType.UPGRADE_POLICY,
                wanted,
                c -> c.upgradePolicy(u -> u.supportType(wanted)));
    }

    private Update zonalShift(String cluster, Boolean wanted) {
        return begin(
                cluster,
                UpdateType.ZONAL_SHIFT_CONFIG_UPDATE,
                UpdateParamType.ZONAL_SHIFT_CONFIG,
                wanted,
                c -> c.zonalShiftConfig(z -> z.enabled(wanted)));
    }

    private Update deletionProtection(String cluster, Boolean wanted) {
        return begin(
                cluster,
                UpdateType.DELETION_PROTECTION_UPDATE,
                UpdateParamType.DELETION_PROTECTION,
                wanted,
                c -> c.deletionProtection(wanted));
    }

    private Update begin(
            String name, UpdateType type, UpdateParamType param, Object value, Consumer<Cluster.Builder> change) {
        updating(name);
        return Updates.begin(eks, name, type, List.of(Updates.param(param, value)), CONFIG, () -> {
            updated(name, change);
            ClusterLogging.createGroup(eks, eks.clusters.get(name));
            eks.clusters.find(name).ifPresent(cluster -> ControlPlaneInterfaces.place(eks, cluster));
        });
    }

    private void updating(String name) {
        eks.clusters.update(
                name, c -> c.toBuilder().status(ClusterStatus.UPDATING).build());
    }

    private void updated(String name, Consumer<Cluster.Builder> change) {
        eks.clusters.updateIfPresent(name, c -> {
            Cluster.Builder builder = c.toBuilder().status(ClusterStatus.ACTIVE);
            change.accept(builder);
            return builder.build();
        });
    }
}
