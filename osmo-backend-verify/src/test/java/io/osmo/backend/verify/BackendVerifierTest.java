// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osmo.backend.Backend;
import io.osmo.backend.Verdict;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.VerificationFailedException;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Selection;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BackendVerifierTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();

    private static Check check(
            String id, java.util.function.Function<io.osmo.backend.verify.check.Evidence, Status> f) {
        return Check.of(id, "something", Requirement.RT_1, Severity.ERROR, Vantage.KUBERNETES, f);
    }

    @Test
    void checks_of_the_host_are_judged_too() {
        BackendVerifier verifier = VERIFIER.with(
                check("host.three-nodes", e -> e.nodes().known().orElseThrow().size() > 2 ? Status.PASS : Status.FAIL));

        assertThat(verifier.verify(Clusters.goodEks().snapshot()).findings())
                .anyMatch(f -> f.check().equals("host.three-nodes") && f.status() == Status.PASS);
    }

    @Test
    void a_check_that_throws_is_unknown_and_does_not_stop_others() {
        BackendVerifier verifier = VERIFIER.with(check("host.broken", e -> {
            throw new IllegalStateException("oops");
        }));

        Report report = verifier.verify(Clusters.goodEks().snapshot());

        Finding broken = report.findings(Status.UNKNOWN).get(0);
        assertThat(broken.check()).isEqualTo("host.broken");
        assertThat(broken.observed()).contains("defective").contains("oops");
        assertThat(report.findings()).hasSize(VERIFIER.checks().size() + 1);
    }

    @Test
    void two_checks_with_one_id_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VERIFIER.with(check("runtime.containerd", e -> Status.PASS)))
                .withMessageContaining("runtime.containerd");
    }

    @Test
    void checks_are_selected_by_id_requirement_severity_and_vantage() {
        assertThat(VERIFIER.only("runtime.*", "node.ready").checks())
                .extracting(Check::id)
                .contains("runtime.containerd", "node.ready")
                .allMatch(id -> id.startsWith("runtime.") || id.equals("node.ready"));
        assertThat(VERIFIER.without("runtime.*", "node.ready").checks())
                .extracting(Check::id)
                .contains("node.pressure")
                .noneMatch(id -> id.startsWith("runtime.") || id.equals("node.ready"));
        assertThat(VERIFIER.select(Selection.requirements(Requirement.SC_1)).checks())
                .extracting(Check::id)
                .containsExactly("control-plane.etcd-encryption");
        assertThat(VERIFIER.select(Selection.severities(Severity.INFO)).checks())
                .allMatch(c -> c.severity() == Severity.INFO)
                .isNotEmpty();
        assertThat(VERIFIER.select(Selection.vantages(Vantage.KUBERNETES)).checks())
                .allMatch(c -> !c.vantages().contains(Vantage.CLOUD))
                .isNotEmpty();
    }

    @Test
    void all_unknown_ids_are_named_with_similar_ones() {
        for (ThrowingCallable typo : List.<ThrowingCallable>of(
                () -> VERIFIER.only("node.ready", "runtime.containerd-verison", "gpus.*"),
                () -> VERIFIER.without("runtime.containerd-verison", "gpus.*"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(typo)
                    .withMessageContaining("'runtime.containerd-verison': there are runtime.arch, runtime.containerd,")
                    .withMessageContaining("'gpus.*': there are control-plane.*, gpu.*, kai.*,");
        }
    }

    @Test
    void a_selection_without_checks_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VERIFIER.only("runtime.*").select(Selection.requirements(Requirement.SC_1)))
                .withMessageContaining("leaves none of the 6 checks");
        assertThatIllegalArgumentException().isThrownBy(() -> VERIFIER.without("*"));
        assertThatIllegalArgumentException().isThrownBy(VERIFIER::only);
        assertThatIllegalArgumentException().isThrownBy(VERIFIER::from);
    }

    @Test
    void a_snapshot_without_vantages_does_not_pass() {
        Cluster cluster = Clusters.goodEks();
        cluster.vantages = EnumSet.noneOf(Vantage.class);

        Report report = VERIFIER.only("node.*").verify(cluster.snapshot());

        assertThat(report.counts())
                .containsEntry(Status.SKIPPED, report.findings().size());
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThatExceptionOfType(VerificationFailedException.class)
                .isThrownBy(report::requirePassed)
                .withMessageContaining("nothing was judged")
                .satisfies(e -> assertThat(e.remedy()).contains("Vantage.KUBERNETES"));
    }

    @Test
    void a_page_has_at_least_one_object() {
        assertThatIllegalArgumentException().isThrownBy(() -> VERIFIER.pageSize(0));
    }

    @Test
    void a_backend_without_a_cluster_and_a_cloud_that_refuses_give_unknowns_and_no_exception() {
        Backend backend = new Backend(
                new BackendRef("aws", "us-west-2", "train-west"), Optional.empty(), Optional.empty(), List.of(), () -> {
                    throw CloudException.builder(CloudError.NOT_AUTHORIZED, "eks:DescribeCluster")
                            .code("AccessDeniedException")
                            .message("not allowed")
                            .remedy("Grant it.")
                            .build();
                });

        ClusterSnapshot snapshot = VERIFIER.snapshot(backend);
        Report report = VERIFIER.verify(snapshot);

        assertThat(snapshot.cloud()).isInstanceOf(Fact.Unknown.class);
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.counts()).containsEntry(Status.PASS, 0).containsEntry(Status.FAIL, 0);
        assertThat(report.findings(Status.UNKNOWN)).anyMatch(f -> f.observed().contains("eks:DescribeCluster"));
    }

    @Test
    void a_vantage_that_is_not_selected_is_not_used() {
        Backend backend = new Backend(
                new BackendRef("aws", "us-west-2", "train-west"), Optional.empty(), Optional.empty(), List.of(), () -> {
                    throw new AssertionError("the cloud was asked");
                });

        ClusterSnapshot snapshot = VERIFIER.from(Vantage.KUBERNETES).snapshot(backend);

        assertThat(snapshot.vantages()).containsExactly(Vantage.KUBERNETES);
    }
}
