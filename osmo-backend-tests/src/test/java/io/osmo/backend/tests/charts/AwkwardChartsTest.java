// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases, definitions and namespaces that somebody has left in a state that a chart cannot go on from by itself. */
class AwkwardChartsTest {
    private static final BackendSpec BARE = BackendSpec.builder("lab-west")
            .on("existing", "lab")
            .profile(Profile.DEVELOPMENT)
            .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
            .build();

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedExisting cloud = EmulatedExisting.on(time).nodes(2, "lab-8", Map.of("node-type", "compute"));
    private final EmulatedCluster cluster = cloud.cluster(BARE.ref());
    private final OsmoBackends osmo =
            OsmoBackends.builder().provider(cloud.provider()).scheduler(time).build();

    @TempDir
    Path folder;

    private ChartFile file;
    private KubernetesClient client;

    @BeforeEach
    void write() {
        file = new ChartFile(folder, "sched");
        client = KubernetesClients.open(cluster.access());
    }

    @AfterEach
    void close() {
        client.close();
        osmo.close();
        cloud.close();
    }

    private void applied(BackendSpec spec) {
        osmo.apply(osmo.plan(spec), ApplyOptions.defaults().allow(Disruption.DATA));
        assertThat(osmo.plan(spec).changes()).as("second plan").isEmpty();
    }

    /** A webhook quotes the Secret of a chart, when it is applied and when a plan tries what applying it would change. */
    @ParameterizedTest
    @CsvSource({"hunter2-of-the-chart", "aHVudGVyMi1vZi10aGUtY2hhcnQ="})
    void a_credential_of_a_chart_that_the_cluster_quotes_is_not_shown(String quoted) {
        BackendSpec spec =
                file.secret("hunter2-of-the-chart").with("TAG", "1.0").in(BARE);
        cloud.faults()
                .onCalls(call -> !call.reads() && call.operation().endsWith("/secrets/scheduler"))
                .refuse(403, "Forbidden", "admission webhook \"audit.example.com\" denied the request: " + quoted);

        assertQuoteIsHidden(quoted, () -> osmo.apply(osmo.plan(spec)));

        cloud.faults().clear();
        applied(spec);
        cloud.faults()
                .onCalls(call ->
                        !call.operation().startsWith("GET ") && call.operation().endsWith("/secrets/scheduler"))
                .refuse(403, "Forbidden", "admission webhook \"audit.example.com\" denied the request: " + quoted);
        assertQuoteIsHidden(quoted, () -> osmo.plan(spec));
    }

    private static void assertQuoteIsHidden(String quoted, ThrowingCallable call) {
        Throwable failed = catchThrowable(call);

        StringWriter trace = new StringWriter();
        failed.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("the answer quotes the credential, so it is not shown")
                .doesNotContain(quoted);
    }

    private static List<String> fields(Plan plan) {
        return plan.changes().stream()
                .filter(change -> change.resource().kind().equals("chart"))
                .flatMap(change -> change.fields().stream())
                .map(FieldChange::toString)
                .toList();
    }

    private List<Secret> records() {
        return client.secrets()
                .inNamespace("sched")
                .withLabel("owner", "helm")
                .list()
                .getItems();
    }

    /** As Helm writes it: in the label, and inside. */
    private void status(Secret record, String before, String after) {
        record.getMetadata().getLabels().put("status", after);
        record.getData()
                .put("release", HelmContent.of(record).replace(before, after).encoded());
        client.resource(record).update();
    }

    @Test
    void a_record_that_was_deleted_is_written_again_and_nothing_else() {
        applied(file.in(BARE));
        records().forEach(record -> client.resource(record).delete());

        assertThat(fields(osmo.plan(file.in(BARE))))
                .singleElement()
                .asString()
                .startsWith("chart: (none) -> sched-1.0.0");
        applied(file.in(BARE));
        assertThat(records())
                .singleElement()
                .satisfies(record -> assertThat(record.getMetadata().getLabels())
                        .containsEntry("status", "deployed")
                        .containsEntry("version", "1"));
    }

    @Test
    void of_two_deployed_revisions_the_older_one_is_superseded() {
        applied(file.in(BARE));
        applied(file.with("TAG", "1.1").in(BARE));
        records().stream()
                .filter(record -> record.getMetadata().getName().endsWith(".v1"))
                .forEach(record -> status(record, "superseded", "deployed"));

        assertThat(fields(osmo.plan(file.in(BARE)))).containsExactly("history: revisions to tidy up -> superseded");
        applied(file.in(BARE));
        assertThat(records())
                .extracting(record -> record.getMetadata().getLabels().get("status"))
                .containsExactlyInAnyOrder("superseded", "deployed");
    }

    @ParameterizedTest
    @CsvSource({
        "pending-upgrade, helm rollback sched --namespace sched",
        "pending-install, helm uninstall sched --namespace sched",
        "uninstalling, helm uninstall sched --namespace sched",
    })
    void what_a_killed_helm_has_left_is_told_with_the_command_that_ends_it(String status, String command) {
        applied(file.in(BARE));
        status(records().get(0), "deployed", status);
        file.with("TAG", "1.1");

        assertThatThrownBy(() -> osmo.apply(osmo.plan(file.in(BARE, c -> c.deadlineMinutes(1)))))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("Helm has not finished revision 1 (" + status + ")")
                .hasMessageContaining(command);
        assertThat(cluster.json("Deployment", "sched", "scheduler")).contains("scheduler:1.0");
    }

    @Test
    void a_failed_upgrade_of_helm_is_followed_by_the_next_revision() {
        applied(file.in(BARE));
        status(records().get(0), "deployed", "failed");

        assertThat(fields(osmo.plan(file.in(BARE))))
                .singleElement()
                .asString()
                .contains("at revision 1, failed -> sched-1.0.0");
        applied(file.in(BARE));
        assertThat(records()).hasSize(2);
    }

    @Test
    void a_namespace_that_is_being_deleted_is_named() {
        cluster.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of(
                        "name",
                        "sched",
                        "deletionTimestamp",
                        "2026-01-01T00:00:00Z",
                        "finalizers",
                        List.of("example.com/hold"))));

        assertThatThrownBy(() -> osmo.apply(osmo.plan(file.in(BARE))))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("sched because it is being terminated")
                .hasMessageContaining("kubectl describe namespace");
    }

    @Test
    void a_definition_without_a_version_that_objects_are_stored_in_is_refused() throws IOException {
        applied(file.in(BARE));
        Path chart = folder.resolve("sched.yaml");
        Files.writeString(
                chart,
                Files.readString(chart)
                        .replace("- name: v1\n", "- name: v2\n")
                        .replace("scheduling.example.com/v1", "scheduling.example.com/v2"));

        assertThatThrownBy(() -> osmo.plan(file.in(BARE)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("charts[0].version")
                .hasMessageContaining("Invalid value: \"v1\": must appear in spec.versions")
                .hasMessageContaining("remove the old version from status.storedVersions");
    }

    @Test
    void a_release_whose_record_does_not_fit_into_a_secret_is_refused_before_anything_is_installed() {
        byte[] noise = new byte[1_100_000];
        new Random(1).nextBytes(noise);
        StringBuilder text = new StringBuilder();
        for (byte b : noise) {
            text.append((char) ('0' + (b & 63)));
        }
        file.and("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: large}\ndata:\n  noise: |-\n    " + text + "\n");

        assertThatThrownBy(() -> osmo.plan(file.in(BARE)))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("a chart with a release record of ")
                .hasMessageContaining("at most 1048576, which a Secret holds");
    }

    @Test
    void a_chart_without_objects_is_a_release_all_the_same() throws IOException {
        Files.writeString(folder.resolve("sched.yaml"), "# all is turned off\n");

        applied(file.in(BARE));
        assertThat(records()).hasSize(1);
        applied(BARE);
        assertThat(client.secrets()
                        .inAnyNamespace()
                        .withLabel("owner", "helm")
                        .list()
                        .getItems())
                .isEmpty();
    }
}
