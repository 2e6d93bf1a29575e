// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.marks;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tags of Azure, the descriptions of role assignments and the notes of locks. */
final class AzureMarks implements MarkedBackend {
    private static final String NAME = "train-west";
    private static final String GROUP = "resourceGroups/osmo-" + NAME + "-eastus2";
    private static final String CLUSTERS = "Microsoft.ContainerService/managedClusters";
    private static final String CLUSTER = GROUP + "/providers/" + CLUSTERS + "/" + NAME;

    private static final List<String> TAGGED = List.of(
            CLUSTERS,
            "Microsoft.Network/virtualNetworks",
            "Microsoft.Network/natGateways",
            "Microsoft.Network/publicIPAddresses",
            "Microsoft.KeyVault/vaults",
            "Microsoft.ManagedIdentity/userAssignedIdentities",
            "Microsoft.Compute/diskEncryptionSets",
            "Microsoft.DataProtection/backupVaults",
            "Microsoft.Storage/storageAccounts");

    @Override
    public EmulatedCloud cloud(EmulatedClouds clouds) {
        return clouds.azure();
    }

    @Override
    public BackendSpec first() {
        return spec("Standard_D8s_v5");
    }

    @Override
    public BackendSpec spec() {
        return spec("Standard_D16s_v5");
    }

    private static BackendSpec spec(String size) {
        return BackendSpec.builder(NAME)
                .on("azure", "eastus2")
                .tag("team", "research")
                .admin("22222222-0000-4000-8000-000000000001")
                .computePool("cpu", p -> p.instanceType(size).scale(1, 2))
                .gpuPool("gpu", p -> p.instanceType("Standard_NC24ads_A100_v4").scale(1, 2))
                .settings(AksSettings.builder().systemInstanceType(size).build())
                .build();
    }

    @Override
    public List<Mark> marks(EmulatedClouds clouds) {
        Rest rest = new Rest(clouds.azure(), clouds.time());
        List<Mark> marks = new ArrayList<>();
        JsonNode group = rest.get(GROUP).body();
        marks.addAll(tags(clouds, group, "/tags", HttpMethod.PATCH));
        for (String type : TAGGED) {
            for (JsonNode object : list(rest, GROUP + "/providers/" + type)) {
                marks.addAll(tags(clouds, object, "/tags", HttpMethod.PATCH));
            }
        }
        for (JsonNode pool : list(rest, CLUSTER + "/agentPools")) {
            marks.addAll(tags(clouds, pool, "/properties/tags", HttpMethod.PUT));
        }
        for (JsonNode lock : list(rest, GROUP + "/providers/Microsoft.Authorization/locks")) {
            marks.add(text(clouds, lock, "notes"));
        }
        for (JsonNode role : list(rest, GROUP + "/providers/Microsoft.Authorization/roleAssignments")) {
            marks.add(text(clouds, role, "description"));
        }
        return marks;
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }

    private static List<JsonNode> list(Rest rest, String path) {
        List<JsonNode> found = new ArrayList<>();
        rest.get(path).body().path("value").forEach(found::add);
        return found;
    }

    private static List<Mark> tags(EmulatedClouds clouds, JsonNode object, String pointer, HttpMethod method) {
        List<Mark> marks = new ArrayList<>();
        object.at(pointer)
                .properties()
                .forEach(tag -> marks.add(mark(
                        clouds,
                        object,
                        pointer,
                        method,
                        tag.getKey(),
                        tag.getValue().asText())));
        return marks;
    }

    private static Mark text(EmulatedClouds clouds, JsonNode object, String field) {
        return mark(
                clouds,
                object,
                "/properties",
                HttpMethod.PUT,
                field,
                object.at("/properties/" + field).asText());
    }

    private static Mark mark(
            EmulatedClouds clouds, JsonNode object, String parent, HttpMethod method, String key, String value) {
        String path = id(object).replaceFirst(".*/resourceGroups/[^/]+/?(providers/)?", "");
        return new Mark(
                "azure",
                path.isEmpty() ? "resource group" : path,
                key,
                () -> change(clouds, id(object), parent, method, key, null),
                () -> change(clouds, id(object), parent, method, key, value));
    }

    /** @param value null takes it away */
    private static void change(
            EmulatedClouds clouds, String id, String parent, HttpMethod method, String key, @Nullable String value) {
        Rest rest = new Rest(clouds.azure(), clouds.time());
        ObjectNode now = (ObjectNode) rest.get(id).body().deepCopy();
        ObjectNode marks = (ObjectNode) now.at(parent);
        if (value == null) {
            marks.remove(key);
        } else {
            marks.put(key, value);
        }
        ObjectNode body = now;
        if (method == HttpMethod.PATCH) {
            body = now.objectNode();
            body.set("tags", now.get("tags"));
        } else {
            body.remove(List.of("id", "name", "type"));
            ((ObjectNode) body.get("properties"))
                    .remove(List.of("eTag", "currentOrchestratorVersion", "nodeImageVersion", "provisioningState"));
        }
        Rest.Reply reply = rest.send(method, id, body.toString());
        if (reply.status() >= 300) {
            throw new IllegalStateException(method + " " + id + ": " + reply.body());
        }
        clouds.time().advance(Duration.ofMinutes(5));
    }
}
