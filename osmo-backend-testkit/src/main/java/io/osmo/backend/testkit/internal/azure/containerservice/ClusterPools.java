// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The pools that a request to a cluster contains. */
final class ClusterPools {
    /** Holds accepted pools between the acceptance and the start of a request. */
    private static final String ACCEPTED = "$pools";

    private static final List<String> COMPUTED =
            List.of("provisioningState", "eTag", "currentOrchestratorVersion", "nodeImageVersion", "status");

    private static final String POOL_OPERATIONS = " through managed cluster operations. For agent pool specific change,"
            + " please use per agent pool operations: https://aka.ms/agent-pool-rest-api";

    private final AzureSubscription azure;
    private final AgentPools pools;

    ClusterPools(AzureSubscription azure, AgentPools pools) {
        this.azure = azure;
        this.pools = pools;
    }

    /** @param planned the cluster after the request, for the rules of its pools */
    void accept(Write write, JsonNode profiles, Resource planned) {
        checkNames(write, profiles);
        ArrayNode accepted = write.body().putArray(ACCEPTED);
        List<Resource> seen = new ArrayList<>();
        for (JsonNode profile : profiles) {
            ObjectNode properties = profile.deepCopy();
            String name = properties.remove("name").asText();
            properties.remove(COMPUTED);
            ObjectNode body = Json.object();
            body.set("properties", properties);
            ArmId id = write.id().child("agentPools", name);
            Write inner = new Write(id, body, pools.find(id.text()).orElse(null));
            List<Resource> others =
                    inner.creates() ? List.copyOf(seen) : pools.of(planned).toList();
            ObjectNode pool = pools.accept(inner, planned, others);
            seen.add(new Resource(id, pools, pool, "", azure.now()));
            accepted.addObject().put("name", name).set("body", pool);
        }
    }

    private void checkNames(Write write, JsonNode profiles) {
        Set<String> names = new HashSet<>();
        boolean system = false;
        for (JsonNode profile : profiles) {
            String name = profile.path("name").asText("");
            if (!pools.accepts(name) || !names.add(name)) {
                throw AksErrors.invalidParameter("The value of parameter agentPoolProfile.name is invalid: '" + name
                        + "'. A name is 1 to 12 lower-case letters and digits and begins with a letter.");
            }
            system |= profile.path("mode").asText().equals("System");
        }
        Resource existing = write.existing();
        if (existing == null) {
            if (!system) {
                throw AksErrors.bad("Must define at least one system pool.");
            }
            return;
        }
        Set<String> existingNames = pools.of(existing).map(Resource::name).collect(Collectors.toSet());
        if (!existingNames.containsAll(names)) {
            throw AksErrors.bad(
                    "A new agent pool was introduced. Adding agent pools to an existing cluster is not allowed"
                            + POOL_OPERATIONS);
        }
        if (!names.isEmpty() && !names.containsAll(existingNames)) {
            throw AksErrors.bad("Agent pools cannot be removed" + POOL_OPERATIONS);
        }
    }

    /** Creates or changes the accepted pools; their operation is that of the cluster. */
    void start(Resource cluster) {
        JsonNode accepted = cluster.body.remove(ACCEPTED);
        if (accepted == null) {
            return;
        }
        for (JsonNode item : accepted) {
            ArmId id = cluster.id.child("agentPools", item.path("name").asText());
            ObjectNode body = (ObjectNode) item.path("body");
            Resource pool = pools.find(id.text()).orElseGet(() -> {
                Resource created = azure.put(id, pools, body);
                created.state = "Creating";
                return created;
            });
            pool.body = body;
        }
    }
}
