// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import java.util.Locale;

/** Node images, which AKS releases about weekly. A pool keeps its image until it is upgraded or updated to the newest image. */
final class NodeImages {
    private String release = "202607.09.0";
    private final AgentPools pools;

    NodeImages(AgentPools pools) {
        this.pools = pools;
    }

    /** Makes AKS release images. */
    void release(String newest) {
        release = newest;
    }

    /** The newest image for the nodes of a pool that run a version of Kubernetes. */
    String newest(Resource pool, String version) {
        return name(pool, version) + "-" + release;
    }

    private static String name(Resource pool, String version) {
        return PoolNodes.imageName(pool.text("osSKU"), version);
    }

    /** Whether the image of a pool is one for what the pool is to be. */
    static boolean fits(Resource pool, String version) {
        return pool.computed("nodeImageVersion").startsWith(name(pool, version) + "-");
    }

    /** The upgrade profile of a pool. */
    ArmReply profile(ArmRequest request, ArmId id) {
        String parent =
                id.text().substring(0, id.text().toLowerCase(Locale.ROOT).indexOf("/upgradeprofiles"));
        Resource pool = pools.find(parent).orElseThrow(() -> ArmError.notFound(ArmId.of(parent)));
        ObjectNode body = Json.object().put("id", id.text()).put("name", "default");
        Json.at(body, "properties")
                .put("kubernetesVersion", pool.computed("currentOrchestratorVersion"))
                .put("osType", "Linux")
                .put("latestNodeImageVersion", newest(pool, pool.computed("currentOrchestratorVersion")));
        return ArmReply.ok(body);
    }
}
