// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import com.google.container.v1.StatusCondition;
import io.osmo.backend.cluster.CloudFacts.ControlPlane;
import io.osmo.backend.cluster.CloudFacts.Key;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import java.util.List;
import java.util.Optional;

/** The control plane (CP-1 to CP-3, SC-1, SC-3). Pure. */
final class ControlPlaneFacts {
    private static final List<String> EVERYONE = List.of("0.0.0.0/0");

    private ControlPlaneFacts() {}

    /** @param supported whether the version is in standard support */
    static ControlPlane of(GcpContext gcp, Cluster cluster, Fact<Optional<Key>> key, Fact<Boolean> supported) {
        IPEndpointsConfig ip = cluster.getControlPlaneEndpointsConfig().getIpEndpointsConfig();
        boolean regional = cluster.getLocation().equals(gcp.region());
        List<String> issues = cluster.getConditionsList().stream()
                .map(StatusCondition::getMessage)
                .toList();
        return new ControlPlane(
                cluster.getStatus() + (issues.isEmpty() ? "" : ": " + String.join("; ", issues)),
                cluster.getStatus() == Cluster.Status.RUNNING || cluster.getStatus() == Cluster.Status.RECONCILING,
                cluster.getCurrentMasterVersion(),
                Fact.unknown("GKE's API names no end of support of a version; see the release schedule"),
                supported,
                Fact.of(
                        regional
                                ? cluster.getLocationsList().stream().sorted().toList()
                                : List.of(cluster.getLocation())),
                regional,
                key,
                ip.getEnablePublicEndpoint(),
                ip.getEnablePublicEndpoint() ? ranges(ip.getAuthorizedNetworksConfig()) : List.of(),
                Fact.of(cluster.getLoggingConfig().getComponentConfig().getEnableComponentsList().stream()
                        .map(Enum::name)
                        .toList()),
                // The release channel moves patch versions on.
                Optional.empty(),
                Fact.of(Optional.of(cluster.getWorkloadIdentityConfig().getWorkloadPool())
                        .filter(pool -> !pool.isEmpty())));
    }

    private static List<String> ranges(MasterAuthorizedNetworksConfig config) {
        return config.getEnabled()
                ? config.getCidrBlocksList().stream()
                        .map(MasterAuthorizedNetworksConfig.CidrBlock::getCidrBlock)
                        .toList()
                : EVERYONE;
    }
}
