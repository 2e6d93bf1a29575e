// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Clusters;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final ClusterSnapshot snapshot =
            Clusters.goodEks().blind("pods", "backup", "secretsKey").snapshot();

    @Test
    void a_snapshot_survives_json_with_its_unknowns() {
        ClusterSnapshot again = ClusterSnapshot.fromJson(snapshot.toJson());

        assertThat(again).isEqualTo(snapshot);
        assertThat(again.core().pods()).isEqualTo(snapshot.core().pods());
    }

    @Test
    void a_saved_snapshot_is_judged_like_the_original() {
        BackendVerifier verifier = BackendVerifier.standard();

        assertThat(verifier.verify(ClusterSnapshot.fromJson(snapshot.toJson()))).isEqualTo(verifier.verify(snapshot));
    }

    @Test
    void an_unknown_field_is_refused() {
        String json = snapshot.toJson().replaceFirst("\"cluster\":", "\"surprise\":1,\"cluster\":");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterSnapshot.fromJson(json))
                .withMessageContaining("surprise");
    }

    @Test
    void a_missing_field_is_refused() {
        String json = snapshot.toJson().replaceFirst("\"cluster\":\"train-west\",", "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterSnapshot.fromJson(json))
                .withMessageContaining("cluster");
    }

    @Test
    void a_fact_missing_from_an_older_snapshot_is_unknown() {
        String json = snapshot.toJson().replaceFirst("\"endpoint\":\\{[^}]*},", "");

        ClusterSnapshot again = ClusterSnapshot.fromJson(json);

        assertThat(json).doesNotContain("\"endpoint\"");
        assertThat(again.server().endpoint())
                .isEqualTo(Fact.unknown("the snapshot is older than this fact: read the cluster again"));
        assertThat(again.server().version()).isEqualTo(snapshot.server().version());
    }

    @Test
    void parents_of_queues_are_unknown_in_older_snapshots() {
        String json = snapshot.toJson()
                .replaceFirst(
                        "\"queues\":\\{\"known\":\\[.*?]}", "\"queues\":{\"known\":[\"osmo-default-osmo-workflows\"]}");

        ClusterSnapshot again = ClusterSnapshot.fromJson(json);

        QueueFacts queue = again.stack().queues().known().orElseThrow().get(0);
        assertThat(queue.name()).isEqualTo("osmo-default-osmo-workflows");
        assertThat(queue.parent()).isInstanceOf(Fact.Unknown.class);
        assertThat(BackendVerifier.standard().verify(again).findings())
                .filteredOn(f -> f.check().equals("kai.queue-parent"))
                .extracting(Finding::status)
                .containsExactly(Status.UNKNOWN);
    }

    @Test
    void a_snapshot_of_a_newer_version_is_refused() {
        String json = snapshot.toJson().replace("osmo-backend-snapshot/1", "osmo-backend-snapshot/2");

        refused(json)
                .hasMessageContaining("newer version of this library")
                .hasMessageContaining("osmo-backend-snapshot/2");
    }

    @Test
    void another_document_is_refused() {
        refused("").hasMessageContaining("it is empty");
        refused(" \n").hasMessageContaining("it is empty");
        refused("apiVersion: v1\nkind: Config").hasMessageContaining("no JSON: line 1");
        refused("[]").hasMessageContaining("no field 'format'");
        refused("{}").hasMessageContaining("no field 'format'");
        refused(BackendVerifier.standard().verify(snapshot).toJson())
                .hasMessageContaining("its format is 'osmo-backend-report/2'");
    }

    @Test
    void a_byte_order_mark_before_a_snapshot_is_ignored() {
        assertThat(ClusterSnapshot.fromJson("\uFEFF" + snapshot.toJson())).isEqualTo(snapshot);
    }

    @Test
    void a_truncated_snapshot_is_refused() {
        String json = snapshot.toJson();

        for (int length : new int[] {30, 200, json.length() / 2, json.length() - 1}) {
            refused(json.substring(0, length)).hasMessageContaining("it is cut off");
        }
        // In the middle of each kind of token, and between two.
        int literal = json.indexOf(":false");
        for (int length = literal - 300; length < literal + 300; length++) {
            refused(json.substring(0, length)).hasMessageContaining("it is cut off");
        }
        refused(json + "x").hasMessageContaining("no JSON");
    }

    @Test
    void an_error_names_the_path() {
        String json = snapshot.toJson();

        refused(json.replaceFirst("\"cluster\":", "\"surprise\":1,\"cluster\":"))
                .hasMessageEndingWith("snapshot.surprise: an unknown field");
        refused(json.replaceFirst("\"unschedulable\":false,", ""))
                .hasMessageEndingWith("snapshot.nodes[0].unschedulable: missing");
        refused(json.replaceFirst("\"unschedulable\":false", "\"unschedulable\":\"maybe\""))
                .hasMessageContaining("snapshot.nodes[0].unschedulable: ")
                .hasMessageContaining("maybe");
        refused(json.replaceFirst("\"nodes\":\\{\"known\"", "\"nodes\":{\"know\""))
                .hasMessageContaining("snapshot.nodes: ")
                .hasMessageContaining("either 'known' or 'unknown'");
    }

    /** Files of earlier versions have this layout too. */
    @Test
    void groups_of_fields_do_not_show_in_json() throws JsonProcessingException {
        JsonNode fields = new ObjectMapper().readTree(snapshot.toJson()).get("snapshot");

        assertThat(fields.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "cluster",
                        "vantages",
                        "expectations",
                        "cloud",
                        "endpoint",
                        "tlsVerified",
                        "time",
                        "version",
                        "apiGroups",
                        "unavailableApis",
                        "nodes",
                        "pods",
                        "namespaces",
                        "deployments",
                        "daemonSets",
                        "storageClasses",
                        "csiDrivers",
                        "csiNodes",
                        "secrets",
                        "priorityClasses",
                        "stack",
                        "osmo",
                        "tenancy",
                        "access",
                        "probes");
        refused(snapshot.toJson().replaceFirst("\"cluster\":", "\"core\":{},\"cluster\":"))
                .hasMessageEndingWith("snapshot.core: an unknown field");
    }

    @Test
    void nothing_that_must_be_there_may_be_null() {
        String json = snapshot.toJson();

        refused(json.replaceFirst("\"cluster\":\"train-west\"", "\"cluster\":null"))
                .hasMessageEndingWith("snapshot.cluster: null");
        refused("{\"format\":\"osmo-backend-snapshot/1\",\"snapshot\":null}").hasMessageEndingWith("snapshot: null");
        refused(json.replaceFirst("\"version\":\\{\"known\":\"[^\"]*\"", "\"version\":{\"known\":null"))
                .hasMessageContaining("snapshot.version");
        refused(json.replaceFirst("\"nodes\":\\{\"known\":\\[", "\"nodes\":{\"known\":[null,"))
                .hasMessageContaining("snapshot.nodes");
    }

    private static AbstractThrowableAssert<?, ?> refused(String json) {
        return assertThatThrownBy(() -> ClusterSnapshot.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a snapshot")
                .hasMessageNotContainingAny("io.osmo", "Feature.");
    }
}
