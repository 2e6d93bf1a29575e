// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.cloud.compute.v1.Denied;
import com.google.cloud.compute.v1.Firewall;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Route;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.compute.ComputeResources;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether machines become nodes. One that cannot runs on, and its serial console holds what the checker of node registration found.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/troubleshooting/node-registration">GKE: node registration</a>
 */
final class PoolJoin {
    private static final String ANYWHERE = "0.0.0.0/0";

    private final GcpProject project;
    private final ComputeResources compute;
    private final EmulatedClusters kubernetes;

    PoolJoin(GcpProject project, ComputeResources compute, EmulatedClusters kubernetes) {
        this.project = project;
        this.compute = compute;
        this.kubernetes = kubernetes;
    }

    /** Lets a machine join, or writes its node again; false when it cannot join. */
    boolean join(Cluster cluster, NodePool pool, String path, Instance instance) {
        EmulatedCluster apiServer = kubernetes.get(PoolNodes.apiServer(cluster));
        if (!apiServer.has("Node", "", instance.getName())) {
            Optional<String> obstacle = obstacle(cluster, pool);
            if (obstacle.isPresent()) {
                compute.write(path, obstacle.get());
                return false;
            }
        }
        apiServer.addNode(PoolNodes.node(project, cluster, pool, instance, ResourceNames.scope(path)));
        return apiServer.has("Node", "", instance.getName());
    }

    private Optional<String> obstacle(Cluster cluster, NodePool pool) {
        String network = cluster.getNetworkConfig().getNetwork();
        if (blocked(network)) {
            return Optional.of(checks(false, false));
        }
        boolean internet = routes(network).findAny().isPresent();
        boolean out = internet && (!isPrivate(pool) || nat(network) || privateAccess(cluster));
        return out ? Optional.empty() : Optional.of(checks(false, true));
    }

    private static String checks(boolean google, boolean master) {
        return "Node is not registered yet. Checking for pre-requisites.\n"
                + "Service    DNS      Reachable\n"
                + "LOGGING    true     " + google + "\n"
                + "GCS        true     " + google + "\n"
                + "GCR        true     " + google + "\n"
                + "Master     N/A      " + master;
    }

    /** Whether a firewall rule denies calls to anywhere. */
    private boolean blocked(String network) {
        return in(network, "firewalls")
                .map(Firewall.class::cast)
                .filter(rule -> rule.getDirection().equals("EGRESS")
                        && rule.getDestinationRangesList().contains(ANYWHERE))
                .flatMap(rule -> rule.getDeniedList().stream())
                .map(Denied::getIPProtocol)
                .anyMatch(protocol -> protocol.equals("all") || protocol.equals("tcp"));
    }

    private Stream<Route> routes(String network) {
        return in(network, "routes")
                .map(Route.class::cast)
                .filter(route -> route.getDestRange().equals(ANYWHERE));
    }

    private boolean nat(String network) {
        return in(network, "routers").map(Router.class::cast).anyMatch(router -> router.getNatsCount() > 0);
    }

    private boolean privateAccess(Cluster cluster) {
        return ((Subnetwork) compute.get(cluster.getNetworkConfig().getSubnetwork())).getPrivateIpGoogleAccess();
    }

    private static boolean isPrivate(NodePool pool) {
        return pool.getNetworkConfig().getEnablePrivateNodes();
    }

    private Stream<Message> in(String network, String collection) {
        return compute.all(collection).values().stream().filter(each -> compute.isLinked(each, network));
    }
}
