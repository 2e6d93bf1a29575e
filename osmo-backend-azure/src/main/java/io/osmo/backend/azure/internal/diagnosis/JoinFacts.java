// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the nodes of a pool need on Azure.
 *
 * @param pools the agent pools of the pool, one for each generation
 * @param cluster the cluster
 * @param network the virtual network; empty when AKS keeps one of its own
 * @param securityGroup the network security group of the subnet; empty when it has none
 * @param routeTable the route table of the subnet; empty when it has none
 */
record JoinFacts(
        List<ArmObject> pools,
        Fact<ArmObject> cluster,
        Fact<Optional<ArmObject>> network,
        Fact<Optional<ArmObject>> securityGroup,
        Fact<Optional<ArmObject>> routeTable) {
    /** Whether Azure says that machines could not call anybody, so that what is in their way is in question. */
    static boolean isAboutCalls(String text) {
        return text.contains("OutboundConnFail")
                || text.contains("K8SAPIServerConnFail")
                || text.contains("exit status=50")
                || text.contains("exit status=51");
    }

    /** Id of the subnet of the nodes, empty when AKS has made it. */
    String subnetId() {
        return pools.get(0).text("/properties/vnetSubnetID");
    }

    /** The subnet of the nodes. */
    Optional<JsonNode> subnet() {
        return network.known()
                .flatMap(found -> found)
                .flatMap(found -> each(found.json().at("/properties/subnets"))
                        .filter(subnet -> subnet.path("id").asText().equalsIgnoreCase(subnetId()))
                        .findFirst());
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
