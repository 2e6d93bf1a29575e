// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.ApiReach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who loses the way to the API server by a change of its endpoints, of which GKE has two: its address, and its DNS name. Pure.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation">GKE: network isolation</a>
 */
final class ApiAccess {
    private ApiAccess() {}

    static List<String> warnings(GcpContext context, BackendSpec spec, ObservedCluster observed) {
        ControlPlaneEndpointsConfig now = observed.cluster().getControlPlaneEndpointsConfig();
        boolean open = spec.apiEndpoint().publicAccess();
        boolean nameStays = context.settings().dnsEndpoint().orElse(!open);
        List<String> warnings = new ArrayList<>();
        reach(now.getIpEndpointsConfig())
                .warning(
                        open ? ApiReach.open(spec.apiEndpoint().publicCidrs()) : ApiReach.CLOSED,
                        nameStays
                                ? Optional.of(
                                        "Who has the permission container.clusters.connect, such as this host, reaches it by"
                                                + " its DNS name; kubeconfigs with its address stop working.")
                                : Optional.empty())
                .ifPresent(warnings::add);
        if (now.getDnsEndpointConfig().getAllowExternalTraffic() && !nameStays) {
            warnings.add(
                    "The API server will no longer be reached by its DNS name from outside of the network of the backend"
                            + (open
                                    ? ", only by its address from "
                                            + String.join(
                                                    ", ", spec.apiEndpoint().publicCidrs())
                                    : "")
                            + ": kubeconfigs with the name stop working, and so do plans and applies of this host unless it is there."
                            + " Set settings.dnsEndpoint to true to keep it.");
        }
        return warnings;
    }

    private static ApiReach reach(IPEndpointsConfig address) {
        MasterAuthorizedNetworksConfig ranges = address.getAuthorizedNetworksConfig();
        if (!address.getEnablePublicEndpoint()) {
            return ApiReach.CLOSED;
        }
        List<String> allowed = ranges.getCidrBlocksList().stream()
                .map(MasterAuthorizedNetworksConfig.CidrBlock::getCidrBlock)
                .toList();
        // With the restriction and no range, nobody gets through.
        return ranges.getEnabled() && allowed.isEmpty()
                ? ApiReach.CLOSED
                : ApiReach.open(ranges.getEnabled() ? allowed : List.of());
    }
}
