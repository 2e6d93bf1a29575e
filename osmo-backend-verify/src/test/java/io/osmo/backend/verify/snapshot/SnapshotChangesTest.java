// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotChangesTest {
    private final ClusterSnapshot monday = Clusters.goodEks().snapshot();

    @Test
    void a_snapshot_has_not_changed_since_itself() {
        assertThat(monday.changesSince(ClusterSnapshot.fromJson(monday.toJson())))
                .isEmpty();
    }

    @Test
    void the_path_of_a_node_has_its_name() {
        ClusterSnapshot now = Clusters.goodEks()
                .node("cpu-0", n -> n.runtime = "containerd://2.2.5")
                .snapshot();

        assertThat(now.changesSince(monday))
                .extracting(SnapshotChange::toString)
                .containsExactly("~ nodes/cpu-0/runtimeVersion: containerd://2.2.4 -> containerd://2.2.5");
    }

    @Test
    void a_removed_or_added_node_is_one_change() {
        Cluster fewer = Clusters.goodEks();
        fewer.nodes.removeIf(n -> n.name.equals("cpu-2"));

        assertThat(fewer.snapshot().changesSince(monday))
                .singleElement()
                .satisfies(c -> assertThat(c.toString()).startsWith("- nodes/cpu-2: {"));
        assertThat(monday.changesSince(fewer.snapshot()))
                .singleElement()
                .satisfies(c -> assertThat(c.toString()).startsWith("+ nodes/cpu-2: {"));
    }

    @Test
    void the_path_of_a_log_has_the_name_of_its_pod() {
        Cluster refused = Clusters.goodEks();
        refused.operatorLogs.set(1, KubeObjects.operatorLog("worker", LogPhrase.NAME_TAKEN));

        assertThat(refused.snapshot().changesSince(monday))
                .extracting(SnapshotChange::toString)
                .containsExactly("~ stack/operatorLogs/osmo-operator/osmo-osmo-backend-worker-1/phrases: [] -> "
                        + "[\"NAME_TAKEN\"]");
    }

    @Test
    void what_became_unreadable_says_why() {
        assertThat(Clusters.goodEks().blind("version").snapshot().changesSince(monday))
                .singleElement()
                .satisfies(c -> assertThat(c.path()).isEqualTo("version"))
                .satisfies(c -> assertThat(c.after()).hasValue("unknown (403 on version)"));
    }

    @Test
    void an_optional_that_is_now_empty_is_a_change() {
        Cluster keyless = Clusters.goodEks();
        keyless.secretsKey = java.util.Optional.empty();

        assertThat(keyless.snapshot().changesSince(monday))
                .extracting(SnapshotChange::toString)
                .containsExactly("- cloud/controlPlane/secretsKey: {\"id\":\"key-1\",\"enabled\":true}");
    }

    @Test
    void a_change_is_one_short_line() {
        Cluster odd = Clusters.goodEks().node("cpu-0", n -> n.osImage = "\u001b[2J\n" + "x".repeat(1000));

        assertThat(odd.snapshot().changesSince(monday)).singleElement().satisfies(c -> {
            assertThat(c.toString())
                    .hasSizeLessThan(250)
                    .contains("\ufffd[2J xxx")
                    .endsWith("…");
            assertThat(c.after().orElseThrow()).hasSizeGreaterThan(1000);
        });
    }

    @Test
    void the_order_of_lists_does_not_matter() {
        Cluster turned = Clusters.goodEks();
        java.util.Collections.reverse(turned.nodes);
        turned.apiGroups = new LinkedHashSet<>(List.of("storage.k8s.io", "apps"));
        Cluster straight = Clusters.goodEks();
        straight.apiGroups = new LinkedHashSet<>(List.of("apps", "storage.k8s.io"));

        assertThat(turned.snapshot().changesSince(straight.snapshot())).isEmpty();
        turned.nodes.get(0).labels.put("a", "b");
        straight.nodes.get(5).labels.put("a", "b");
        java.util.Collections.reverse(turned.nodes);
        assertThat(turned.snapshot().toJson()).isEqualTo(straight.snapshot().toJson());
    }
}
