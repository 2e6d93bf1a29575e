// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For each test an emulated existing cluster, a host, a client, and the chart {@code sched} in a file. */
abstract class ChartLab {
    static final BackendSpec BARE = BackendSpec.builder("lab-west")
            .on("existing", "lab")
            .profile(Profile.DEVELOPMENT)
            .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
            .build();

    private final List<OsmoBackends> hosts = new ArrayList<>();

    final VirtualTime time = VirtualTime.create();
    final EmulatedExisting cloud = EmulatedExisting.on(time).nodes(2, "lab-8", Map.of("node-type", "compute"));
    final EmulatedCluster cluster = cloud.cluster(BARE.ref());
    final OsmoBackends osmo = host();

    @TempDir
    Path folder;

    ChartFile file;
    KubernetesClient client;

    /** A further host, which is closed after the test. */
    final OsmoBackends host() {
        OsmoBackends host = OsmoBackends.builder()
                .provider(cloud.provider())
                .scheduler(time)
                .build();
        hosts.add(host);
        return host;
    }

    @BeforeEach
    void write() {
        file = new ChartFile(folder, "sched");
        client = KubernetesClients.open(cluster.access());
    }

    @AfterEach
    void close() {
        client.close();
        hosts.forEach(OsmoBackends::close);
        cloud.close();
    }

    /** The Secrets of the release that have a label, by which Helm or this library finds them. */
    final List<Secret> records(String label, String value) {
        return client.secrets()
                .inNamespace("sched")
                .withLabel(label, value)
                .list()
                .getItems();
    }

    /** The names of these Secrets with their status. */
    final List<String> revisions(String label, String value) {
        return records(label, value).stream()
                .map(Secret::getMetadata)
                .map(m -> m.getName() + " " + m.getLabels().get("status"))
                .sorted()
                .toList();
    }
}
