// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.junit;

import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.report.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * Each check of a report as a test. FAIL fails the test, and so does UNKNOWN of severity ERROR, because nothing was proven.
 * SKIPPED, WAIVED and UNKNOWN of lower severity abort it. WARN passes, except with {@link #strict}.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> the_cluster_is_an_osmo_backend() {
 *     return CheckTests.of(BackendVerifier.standard().verifyKubeconfig(Path.of(kubeconfig)));
 * }
 * }</pre>
 */
public final class CheckTests {
    private CheckTests() {}

    /** One test for each check, in the order of the catalog. */
    public static Stream<DynamicTest> of(Report report) {
        return tests(report, false);
    }

    /** The same, but a warning fails its test. */
    public static Stream<DynamicTest> strict(Report report) {
        return tests(report, true);
    }

    private static Stream<DynamicTest> tests(Report report, boolean strict) {
        Map<String, List<Finding>> checks = report.findings().stream()
                .collect(Collectors.groupingBy(Finding::check, LinkedHashMap::new, Collectors.toList()));
        return checks.entrySet().stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.getKey()
                                + check.getValue()
                                        .get(0)
                                        .requirement()
                                        .map(r -> " [" + r.id() + "]")
                                        .orElse(""),
                        () -> judge(check.getValue(), strict)));
    }

    private static void judge(List<Finding> findings, boolean strict) {
        List<Finding> failed = findings.stream().filter(f -> fails(f, strict)).toList();
        if (!failed.isEmpty()) {
            throw new AssertionError(text(failed));
        }
        List<Finding> aborted = findings.stream().filter(CheckTests::aborts).toList();
        if (!aborted.isEmpty()) {
            throw new TestAbortedException(text(aborted));
        }
    }

    private static boolean fails(Finding finding, boolean strict) {
        return switch (finding.status()) {
            case FAIL -> true;
            case UNKNOWN -> finding.severity() == Severity.ERROR;
            case WARN -> strict;
            case PASS, WAIVED, SKIPPED -> false;
        };
    }

    private static boolean aborts(Finding finding) {
        return switch (finding.status()) {
            case UNKNOWN, WAIVED, SKIPPED -> true;
            case PASS, WARN, FAIL -> false;
        };
    }

    private static String text(List<Finding> findings) {
        return findings.stream()
                .map(f -> f.check() + " " + f.status() + "\n" + f.describe())
                .collect(Collectors.joining("\n\n"));
    }
}
