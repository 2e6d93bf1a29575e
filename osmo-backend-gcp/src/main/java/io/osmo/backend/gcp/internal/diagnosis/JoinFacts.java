// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.container.v1.NodePool;
import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * What the nodes of a pool need on Google Cloud.
 *
 * @param pools the node pools of the pool, one for each generation
 * @param podRange name of the secondary range of pods, empty when the cluster has none
 * @param waiting instances of the pool that are no nodes of the cluster
 * @param account whether the service account of the nodes exists
 * @param subnet the subnet of the nodes
 * @param routers routers of the network
 * @param routes routes of the network, as Compute Engine describes them
 * @param firewalls firewall rules of the network, likewise
 */
record JoinFacts(
        List<NodePool> pools,
        String podRange,
        Fact<List<JsonNode>> waiting,
        Fact<Boolean> account,
        Fact<Subnetwork> subnet,
        Fact<List<Router>> routers,
        Fact<List<JsonNode>> routes,
        Fact<List<JsonNode>> firewalls) {
    /** Whether machines run that have not become nodes; only then is it relevant what nodes need. */
    boolean machinesWait() {
        return waiting.known().filter(all -> !all.isEmpty()).isPresent();
    }

    /** Address of the service account of the nodes. */
    String email() {
        return pools.get(0).getConfig().getServiceAccount();
    }

    boolean hasPrivateNodes() {
        return pools.stream().anyMatch(pool -> pool.getNetworkConfig().getEnablePrivateNodes());
    }
}
