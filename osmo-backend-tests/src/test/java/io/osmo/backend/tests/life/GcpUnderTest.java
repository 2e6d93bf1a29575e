// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.compute.v1.InsertNetworkRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.SetNodePoolSizeRequest;
import com.google.container.v1.UpdateMasterRequest;
import com.google.protobuf.FieldMask;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Emulated Google Cloud. */
final class GcpUnderTest implements CloudUnderTest {
    static final CloudFacts FACTS = new CloudFacts(
            "gcp",
            Instant.parse("2026-11-24T00:00:00Z"),
            "us-central1",
            "us-east1",
            List.of("n2-standard-4", "e2-standard-4", "n2d-standard-4"),
            "n1-standard-4-nvidia-t4",
            List.of("1.33", "1.34", "1.35"),
            List.of("us-central1-a", "us-central1-b", "us-central1-c", "us-central1-f"),
            List.of("ada@example.com", "bob@example.com"));

    private static final Set<String> ENDS_DATA = Set.of(
            "cloudkms.DestroyCryptoKeyVersion",
            "gkebackup.DeleteBackup",
            "gkebackup.DeleteBackupPlan",
            "compute.disks.delete");

    private final EmulatedGcp gcp;
    private final GcpClients clients;

    GcpUnderTest(VirtualTime time, CallInspector inspector) {
        this.gcp = EmulatedGcp.builder(time)
                .inspector(inspector)
                .quota("CPUS", 10_000)
                .quota("N2_CPUS", 10_000)
                .quota("N2D_CPUS", 10_000)
                .build();
        this.clients = gcp.open(FACTS.region(), GkeSettings.defaults());
    }

    @Override
    public CloudFacts facts() {
        return FACTS;
    }

    @Override
    public EmulatedCloud cloud() {
        return gcp;
    }

    @Override
    public Map<String, Object> account() {
        Map<String, Object> all = new TreeMap<>();
        GcpAccountText.read(clients, List.of(FACTS.region(), FACTS.otherRegion()), gcp, all);
        return all;
    }

    @Override
    public void plantObjects(String backend) {
        String shorter = backend.substring(0, backend.indexOf('-'));
        for (String name : List.of("osmo-" + shorter + "x", "osmo-" + backend + "-theirs")) {
            var unused = clients.networks()
                    .insertCallable()
                    .call(InsertNetworkRequest.newBuilder()
                            .setProject(clients.project())
                            .setNetworkResource(
                                    Network.newBuilder().setName(name).setAutoCreateSubnetworks(false))
                            .build());
        }
        GcpAccountText.send(
                clients,
                "POST",
                GcpService.IAM,
                "/v1/projects/" + clients.project() + "/serviceAccounts",
                "{\"accountId\":\"osmo-" + shorter + "-theirs\",\"serviceAccount\":{\"displayName\":\"theirs\"}}");
        gcp.plantAddress(FACTS.region(), "osmo-" + shorter + "-address");
    }

    @Override
    public boolean endsData(Call call) {
        return ENDS_DATA.contains(call.operation());
    }

    @Override
    public boolean mayRemain(String id, String text) {
        return id.contains("/keyRings/") || id.equals("leftover") && text.contains("key");
    }

    @Override
    public List<ByHand> byHand() {
        return List.of(
                of("delete node pool", this::deletePool),
                of("scale node pool", this::scalePool),
                of("disable key", this::disableKey),
                of("foreign node pool", this::foreignPool),
                of("channel move", this::channelMove));
    }

    private static ByHand of(String name, Trial what) {
        return new ByHand(name, (backend, random) -> {
            try {
                return what.tryOn(backend, random);
            } catch (ApiException refused) {
                // What the service refuses is not done.
                return Optional.empty();
            }
        });
    }

    /** The path of a backend's cluster, which is in the region or, with a network in one zone, in that zone. */
    private String cluster(String backend) {
        String locations = "projects/" + clients.project() + "/locations/";
        return clients.clusters().listClusters(locations + "-").getClustersList().stream()
                .filter(cluster -> cluster.getName().equals(backend))
                .map(cluster -> cluster.getLocation())
                .filter(location -> location.equals(FACTS.region()) || location.startsWith(FACTS.region() + "-"))
                .findFirst()
                .map(location -> locations + location + "/clusters/" + backend)
                .orElseGet(() -> locations + FACTS.region() + "/clusters/" + backend);
    }

    private Optional<NodePool> pool(String backend, Random random) {
        List<NodePool> pools =
                clients.clusters().listNodePools(cluster(backend)).getNodePoolsList();
        return pools.isEmpty() ? Optional.empty() : Optional.of(pools.get(random.nextInt(pools.size())));
    }

    private Optional<Deed> deletePool(String backend, Random random) {
        return pool(backend, random).map(pool -> {
            var unused = clients.clusters().deleteNodePool(cluster(backend) + "/nodePools/" + pool.getName());
            return Deed.done("delete node pool " + pool.getName());
        });
    }

    private Optional<Deed> scalePool(String backend, Random random) {
        return pool(backend, random).map(pool -> {
            int nodes = 1 + random.nextInt(2);
            var unused = clients.clusters()
                    .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                            .setName(cluster(backend) + "/nodePools/" + pool.getName())
                            .setNodeCount(nodes)
                            .build());
            return Deed.done("scale node pool " + pool.getName() + " to " + nodes + " in each zone");
        });
    }

    private Optional<Deed> disableKey(String backend, Random random) {
        List<CryptoKeyVersion> enabled = new ArrayList<>();
        String ours = "projects/" + clients.project() + "/locations/" + FACTS.region();
        clients.keys()
                .listKeyRings(ours)
                .iterateAll()
                .forEach(ring -> clients.keys()
                        .listCryptoKeys(ring.getName())
                        .iterateAll()
                        .forEach(key -> {
                            if (backend.equals(key.getLabelsMap().get("osmo-backend"))) {
                                clients.keys()
                                        .listCryptoKeyVersions(key.getName())
                                        .iterateAll()
                                        .forEach(version -> {
                                            if (version.getState() == CryptoKeyVersion.CryptoKeyVersionState.ENABLED) {
                                                enabled.add(version);
                                            }
                                        });
                            }
                        }));
        if (enabled.isEmpty()) {
            return Optional.empty();
        }
        CryptoKeyVersion version = enabled.get(random.nextInt(enabled.size()));
        var unused = clients.keys()
                .updateCryptoKeyVersion(
                        version.toBuilder()
                                .setState(CryptoKeyVersion.CryptoKeyVersionState.DISABLED)
                                .build(),
                        FieldMask.newBuilder().addPaths("state").build());
        return Optional.of(Deed.done("disable key version " + version.getName()));
    }

    private Optional<Deed> foreignPool(String backend, Random random) {
        String name = "somebodys-" + random.nextInt(1000);
        var unused = clients.clusters()
                .createNodePool(
                        cluster(backend),
                        NodePool.newBuilder()
                                .setName(name)
                                .setConfig(NodeConfig.newBuilder().setMachineType("e2-standard-4"))
                                .setInitialNodeCount(1)
                                .build());
        return Optional.of(new Deed("create node pool " + name, Optional.of(name), Optional.of(() -> {
            try {
                var gone = clients.clusters().deleteNodePool(cluster(backend) + "/nodePools/" + name);
                return true;
            } catch (NotFoundException gone) {
                return true;
            } catch (ApiException refused) {
                return false;
            }
        })));
    }

    private Optional<Deed> channelMove(String backend, Random random) {
        String now = clients.clusters().getCluster(cluster(backend)).getCurrentMasterVersion();
        return FACTS.versions().stream()
                .filter(minor -> now.startsWith(minor + "."))
                .findFirst()
                .map(minor -> FACTS.versions().indexOf(minor) + 1)
                .filter(next -> next < FACTS.versions().size())
                .map(next -> {
                    String version = FACTS.versions().get(next);
                    var unused = clients.clusters()
                            .updateMaster(UpdateMasterRequest.newBuilder()
                                    .setName(cluster(backend))
                                    .setMasterVersion(version)
                                    .build());
                    return Deed.done("the channel moves the cluster to " + version);
                });
    }

    @Override
    public void close() {
        clients.close();
        gcp.close();
    }
}
