// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Emulated Azure. */
final class AzureUnderTest implements CloudUnderTest {
    static final CloudFacts FACTS = new CloudFacts(
            "azure",
            Instant.parse("2026-11-24T00:00:00Z"),
            "eastus2",
            "westeurope",
            List.of("Standard_D4s_v5", "Standard_D4s_v3", "Standard_D4as_v5"),
            "Standard_NC4as_T4_v3",
            List.of("1.34", "1.35", "1.36"),
            List.of("1", "2", "3"),
            List.of("22222222-0000-4000-8000-000000000001", "22222222-0000-4000-8000-000000000002"));

    private static final String CLUSTERS = "Microsoft.ContainerService/managedClusters";

    /** What can be listed in a subscription; groups of resources and what is inside others come beside these. */
    private static final List<String> LISTED = List.of(
            CLUSTERS,
            "Microsoft.Network/virtualNetworks",
            "Microsoft.Network/natGateways",
            "Microsoft.Network/publicIPAddresses",
            "Microsoft.Network/loadBalancers",
            "Microsoft.KeyVault/vaults",
            "Microsoft.KeyVault/deletedVaults",
            "Microsoft.ManagedIdentity/userAssignedIdentities",
            "Microsoft.Compute/disks",
            "Microsoft.Compute/diskEncryptionSets",
            "Microsoft.DataProtection/backupVaults",
            "Microsoft.Storage/storageAccounts",
            "Microsoft.Authorization/roleAssignments",
            "Microsoft.Authorization/locks");

    private static final Set<String> ENDS_DATA = Set.of(
            "DELETE Microsoft.KeyVault/vaults",
            "DELETE Microsoft.KeyVault/vaults/keys",
            "DELETE Microsoft.Compute/disks",
            "DELETE Microsoft.DataProtection/backupVaults",
            "DELETE Microsoft.Storage/storageAccounts");

    private final EmulatedAzure azure;
    private final VirtualTime time;
    private final Rest rest;

    AzureUnderTest(VirtualTime time, CallInspector inspector) {
        this.azure = EmulatedAzure.builder(time)
                .inspector(inspector)
                .quota("cores", 10_000)
                .quota("PublicIPAddresses", 100)
                .build();
        this.time = time;
        this.rest = new Rest(azure, time);
        FACTS.admins().forEach(azure::plantPrincipal);
    }

    @Override
    public CloudFacts facts() {
        return FACTS;
    }

    @Override
    public EmulatedCloud cloud() {
        return azure;
    }

    @Override
    public Map<String, Object> account() {
        Map<String, Object> all = new TreeMap<>();
        items("resourcegroups").forEach(group -> all.put(id(group), group));
        for (String type : LISTED) {
            items("providers/" + type).forEach(item -> all.put(id(item), item));
        }
        items("providers/" + CLUSTERS).forEach(cluster -> inside(cluster, all));
        // The calls of others are not to throttle ours.
        time.advance(Duration.ofMinutes(1));
        return all;
    }

    private void inside(JsonNode cluster, Map<String, Object> all) {
        String id = id(cluster);
        items(id + "/agentPools").forEach(pool -> all.put(id(pool), pool));
        EmulatedCluster emulated;
        try {
            emulated = azure.cluster(id.split("/", -1)[4], cluster.path("name").asText());
        } catch (RuntimeException notYet) {
            // The cluster is being created.
            return;
        }
        InsideText.of(id, emulated, all);
    }

    /** ARM throttles people too. */
    private Rest.Reply patiently(Supplier<Rest.Reply> call) {
        Rest.Reply reply = call.get();
        for (int i = 0; i < 20 && reply.status() == 429; i++) {
            time.advance(Duration.ofSeconds(10));
            reply = call.get();
        }
        return reply;
    }

    private static String id(JsonNode item) {
        return item.path("id").asText();
    }

    private List<JsonNode> items(String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = path;
        while (!next.isEmpty()) {
            String url = next;
            Rest.Reply page = patiently(() -> rest.get(url));
            page.body().path("value").forEach(items::add);
            next = page.status() == 200 ? page.body().path("nextLink").asText() : "";
        }
        return items;
    }

    @Override
    public void plantObjects(String backend) {
        String shorter = backend.substring(0, backend.indexOf('-'));
        for (String name :
                List.of("osmo-" + shorter, "osmo-" + backend + "-2", "osmo-" + shorter + "-" + FACTS.region())) {
            rest.put("resourceGroups/" + name + "-theirs", "{`location`:`" + FACTS.region() + "`}");
        }
        rest.put(
                "resourceGroups/osmo-" + shorter + "-theirs/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
                        + backend,
                "{`location`:`" + FACTS.region() + "`}");
    }

    @Override
    public boolean endsData(Call call) {
        return ENDS_DATA.contains(call.operation());
    }

    /** Nobody else has a lock in this subscription. */
    @Override
    public boolean isLocked() {
        return azure.inventory().stream().anyMatch(line -> line.startsWith("locks "));
    }

    @Override
    public boolean mayRemain(String id, String text) {
        return id.contains("/deletedVaults/") || id.equals("leftover") && text.contains("vault");
    }

    @Override
    public List<ByHand> byHand() {
        return List.of(
                new ByHand("delete agent pool", this::deletePool),
                new ByHand("scale agent pool", this::scalePool),
                new ByHand("foreign agent pool", this::foreignPool),
                new ByHand("strip tags", this::stripTags));
    }

    private String cluster(String backend) {
        return "resourceGroups/osmo-" + backend + "-" + FACTS.region() + "/providers/" + CLUSTERS + "/" + backend;
    }

    private Optional<JsonNode> pool(String backend, Random random) {
        List<JsonNode> pools = items(cluster(backend) + "/agentPools");
        return pools.isEmpty() ? Optional.empty() : Optional.of(pools.get(random.nextInt(pools.size())));
    }

    private static Optional<Deed> unlessRefused(Rest.Reply reply, Deed deed) {
        return reply.status() < 300 ? Optional.of(deed) : Optional.empty();
    }

    /** What is not found any more needs no taking back. */
    private Optional<Undo> undo(Supplier<Rest.Reply> call) {
        return Optional.of(() -> {
            int status = patiently(call).status();
            return status < 300 || status == 404;
        });
    }

    private Optional<Deed> deletePool(String backend, Random random) {
        return pool(backend, random)
                .flatMap(pool -> unlessRefused(
                        patiently(() -> rest.delete(id(pool))),
                        Deed.done("delete agent pool " + pool.path("name").asText())));
    }

    private Optional<Deed> scalePool(String backend, Random random) {
        return pool(backend, random).flatMap(pool -> {
            int nodes = 1 + random.nextInt(2);
            ObjectNode body = pool.deepCopy();
            body.withObject("/properties").put("count", nodes).remove("provisioningState");
            return unlessRefused(
                    patiently(() -> rest.put(id(pool), body.toString())),
                    Deed.done("scale agent pool " + pool.path("name").asText() + " to " + nodes));
        });
    }

    private Optional<Deed> foreignPool(String backend, Random random) {
        String name = "theirs" + random.nextInt(1000);
        return pool(backend, random).flatMap(like -> {
            String path = cluster(backend) + "/agentPools/" + name;
            Rest.Reply reply = rest.put(
                    path,
                    "{`properties`:{`mode`:`User`,`count`:1,`vmSize`:`Standard_D4s_v5`,`vnetSubnetID`:`"
                            + like.at("/properties/vnetSubnetID").asText() + "`}}");
            return unlessRefused(
                    reply, new Deed("create agent pool " + name, Optional.of(name), undo(() -> rest.delete(path))));
        });
    }

    private Optional<Deed> stripTags(String backend, Random random) {
        List<JsonNode> tagged = new ArrayList<>();
        for (String type : List.of("Microsoft.Network/natGateways", "Microsoft.Network/publicIPAddresses")) {
            items("providers/" + type).stream()
                    .filter(item -> item.at("/tags/osmo-backend").asText().equals(backend))
                    .filter(item -> item.path("location").asText().equals(FACTS.region()))
                    .forEach(tagged::add);
        }
        if (tagged.isEmpty()) {
            return Optional.empty();
        }
        JsonNode item = tagged.get(random.nextInt(tagged.size()));
        ObjectNode bare = item.deepCopy();
        bare.putObject("tags");
        return unlessRefused(
                patiently(() -> rest.put(id(item), bare.toString())),
                new Deed(
                        "strip tags of " + id(item),
                        Optional.empty(),
                        undo(() -> rest.put(id(item), item.toString()))));
    }

    @Override
    public void close() {
        azure.close();
    }
}
