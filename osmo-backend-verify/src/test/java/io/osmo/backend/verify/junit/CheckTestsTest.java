// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.report.Report;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

class CheckTestsTest {
    private static final String PRESSURE = "node.pressure";

    private static Report report(Cluster cluster) {
        return BackendVerifier.standard().verify(cluster.snapshot());
    }

    private static DynamicTest test(Stream<DynamicTest> tests, String check) {
        return tests.filter(t -> t.getDisplayName().split(" ", -1)[0].equals(check))
                .findFirst()
                .orElseThrow();
    }

    /** As a host has it. */
    @TestFactory
    Stream<DynamicTest> a_good_cluster_passes_in_the_host_s_build() {
        return CheckTests.of(report(Clusters.goodEks()));
    }

    @Test
    void each_check_is_a_test_that_names_its_requirement() {
        assertThat(CheckTests.of(report(Clusters.goodEks())).map(DynamicTest::getDisplayName))
                .hasSize(BackendVerifier.standard().checks().size())
                .contains("runtime.containerd-version [RT-1]", "node.pressure");
    }

    @Test
    void a_failure_fails_its_test_with_observed_expected_and_next() {
        Report report = report(Clusters.goodEks().node("cpu-0", n -> n.runtime = "containerd://1.7.24"));

        assertThatThrownBy(() -> test(CheckTests.of(report), "runtime.containerd-version")
                        .getExecutable()
                        .execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("containerd://1.7.24", "expected: containerd 1.7.27", "node/cpu-0", "next:");
    }

    @Test
    void an_unknown_error_check_fails_its_test() {
        assertThatThrownBy(() -> test(
                                CheckTests.of(report(Clusters.goodEks().blind("version"))), "control-plane.version-min")
                        .getExecutable()
                        .execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("UNKNOWN");
    }

    @Test
    void a_warning_passes_unless_strict() {
        Report report = report(Clusters.goodEks().node("cpu-1", n -> n.conditions.put("DiskPressure", "True")));

        assertThatCode(() ->
                        test(CheckTests.of(report), PRESSURE).getExecutable().execute())
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> test(CheckTests.strict(report), PRESSURE)
                        .getExecutable()
                        .execute())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void waived_and_skipped_checks_abort_their_test() {
        Report report = BackendVerifier.standard()
                .waive(new Waiver("runtime.*", "for now", LocalDate.parse("2099-01-01")))
                .verify(Clusters.goodEks()
                        .node("cpu-0", n -> n.runtime = "containerd://1.7.24")
                        .snapshot());

        assertThatThrownBy(() -> test(CheckTests.of(report), "runtime.containerd-version")
                        .getExecutable()
                        .execute())
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("for now");
        assertThatThrownBy(() -> test(CheckTests.of(report), "registry.nvcr-reachable")
                        .getExecutable()
                        .execute())
                .isInstanceOf(TestAbortedException.class);
    }
}
