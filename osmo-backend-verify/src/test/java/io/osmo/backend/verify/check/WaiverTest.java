// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osmo.backend.Verdict;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.report.Proof;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaiverTest {
    private static final LocalDate FAR = LocalDate.parse("2099-01-01");

    private static Cluster oldRuntime() {
        return Clusters.goodEks().node("cpu-0", n -> n.runtime = "containerd://1.7.24");
    }

    private static Finding finding(Report report, String check) {
        return report.findings().stream()
                .filter(f -> f.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_waived_failure_does_not_count_but_is_shown_with_its_reason() {
        Report report = BackendVerifier.standard()
                .waive(new Waiver("runtime.containerd-version", "image rolls out in May, agreed with ops", FAR))
                .verify(oldRuntime().snapshot());

        assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(finding(report, "runtime.containerd-version").status()).isEqualTo(Status.WAIVED);
        assertThat(report.toText()).contains("Waived", "agreed with ops", "2099-01-01");
        assertThat(report.toHtml()).contains("agreed with ops");
        assertThat(report.requirements()).containsEntry(Requirement.RT_1, Proof.WARNED);
    }

    @Test
    void a_waiver_applies_through_its_last_day() {
        LocalDate last = LocalDate.parse("2027-05-01");
        BackendVerifier verifier = BackendVerifier.standard().waive(new Waiver("runtime.*", "for now", last));

        assertThat(verifier.asOf(last).verify(oldRuntime().snapshot()).passed()).isTrue();
        Report after = verifier.asOf(last.plusDays(1)).verify(oldRuntime().snapshot());
        assertThat(after.passed()).isFalse();
        assertThat(finding(after, "runtime.containerd-version").observed()).contains("expired on 2027-05-01");
    }

    @Test
    void unknown_findings_are_not_waived() {
        Report report = BackendVerifier.standard()
                .waive(new Waiver("*", "all is well", FAR))
                .verify(Clusters.goodEks().blind("version").snapshot());

        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void no_waiver_applies_on_an_unknown_day() {
        Report report = BackendVerifier.standard()
                .waive(new Waiver("runtime.*", "for now", FAR))
                .verify(oldRuntime().blind("time").snapshot());

        assertThat(finding(report, "runtime.containerd-version").status()).isEqualTo(Status.FAIL);
        assertThat(finding(report, "runtime.containerd-version").observed()).contains("today's date is unknown");
    }

    @Test
    void what_passes_stays_passed() {
        Report report = BackendVerifier.standard()
                .waive(new Waiver("*", "all is well", FAR))
                .verify(Clusters.goodEks().snapshot());

        assertThat(report.findings(Status.WAIVED)).isEmpty();
    }

    @Test
    void a_waiver_needs_a_reason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Waiver("runtime.*", " ", FAR))
                .withMessageContaining("runtime.*");
        assertThatIllegalArgumentException().isThrownBy(() -> new Waiver("", "because", FAR));
    }

    @Test
    void a_waiver_needs_an_existing_check_which_need_not_be_selected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        BackendVerifier.standard().waive(new Waiver("runtime.containerd-verison", "for now", FAR)))
                .withMessageContaining("no check has the id 'runtime.containerd-verison'")
                .withMessageContaining("runtime.containerd-version");

        assertThat(BackendVerifier.standard()
                        .only("node.*")
                        .waive(new Waiver("runtime.containerd-version", "for now", FAR))
                        .verify(oldRuntime().snapshot())
                        .passed())
                .isTrue();
    }

    @Test
    void support_without_a_last_day_is_known_up_to_the_day_of_the_snapshot() {
        BackendVerifier verifier = BackendVerifier.standard();
        ClusterSnapshot gke = Clusters.goodGke().snapshot();

        assertThat(List.of("2026-11-20", "2026-11-24", "2026-11-25"))
                .extracting(day -> finding(
                                verifier.asOf(LocalDate.parse(day)).verify(gke), "control-plane.version-supported")
                        .status())
                .containsExactly(Status.PASS, Status.PASS, Status.UNKNOWN);
    }

    @Test
    void the_end_of_support_is_found_on_a_later_day() {
        BackendVerifier verifier = BackendVerifier.standard();
        Report today = verifier.verify(Clusters.goodEks().snapshot());
        Report later = verifier.asOf(FAR).verify(Clusters.goodEks().snapshot());

        assertThat(finding(today, "control-plane.version-supported").status()).isEqualTo(Status.PASS);
        assertThat(finding(later, "control-plane.version-supported").status()).isEqualTo(Status.WARN);
        assertThat(later.toText()).containsSubsequence("judged as of", "2099-01-01");
    }
}
