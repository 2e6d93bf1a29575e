// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.internal.catalog.controlplane.ControlPlaneDefects;
import io.osmo.backend.verify.internal.catalog.gpu.GpuDefects;
import io.osmo.backend.verify.internal.catalog.kai.KaiDefects;
import io.osmo.backend.verify.internal.catalog.network.NetworkDefects;
import io.osmo.backend.verify.internal.catalog.node.NodeDefects;
import io.osmo.backend.verify.internal.catalog.operator.OperatorDefects;
import io.osmo.backend.verify.internal.catalog.osmo.OsmoDefects;
import io.osmo.backend.verify.internal.catalog.pool.PoolDefects;
import io.osmo.backend.verify.internal.catalog.registry.RegistryDefects;
import io.osmo.backend.verify.internal.catalog.runtime.RuntimeDefects;
import io.osmo.backend.verify.internal.catalog.security.SecurityDefects;
import io.osmo.backend.verify.internal.catalog.storage.StorageDefects;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One row for each check: a defect planted in a good cluster is found by exactly this check and those that the row names, and
 * where the check cannot see it says so.
 */
class StandardCatalogTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();

    private static final List<Defect> DEFECTS = Stream.of(
                    ControlPlaneDefects.ALL,
                    PoolDefects.ALL,
                    GpuDefects.ALL,
                    NetworkDefects.ALL,
                    SecurityDefects.ALL,
                    RuntimeDefects.ALL,
                    NodeDefects.ALL,
                    StorageDefects.ALL,
                    RegistryDefects.ALL,
                    OperatorDefects.ALL,
                    KaiDefects.ALL,
                    OsmoDefects.ALL)
            .flatMap(List::stream)
            .toList();

    /** What is found in good clusters, on which many rows agree. */
    private static final Map<Supplier<Cluster>, Map<String, Status>> GOOD = new ConcurrentHashMap<>();

    @TestFactory
    Stream<DynamicTest> a_good_backend_has_no_failure_warning_or_unknown() {
        return Map.of(
                        "EKS", Clusters.goodEks(),
                        "EKS before anything is installed", Clusters.bareEks(),
                        "GKE", Clusters.goodGke(),
                        "AKS", Clusters.goodAks())
                .entrySet()
                .stream()
                .map(good -> DynamicTest.dynamicTest(good.getKey(), () -> {
                    Report report = VERIFIER.verify(good.getValue().snapshot());

                    assertThat(report.findings())
                            .filteredOn(f -> Set.of(FAIL, WARN, UNKNOWN).contains(f.status()))
                            .isEmpty();
                    assertThat(report.passed()).isTrue();
                }));
    }

    @Test
    void every_check_without_probes_has_a_defect() {
        assertThat(DEFECTS.stream().map(Defect::check))
                .containsExactlyInAnyOrderElementsOf(VERIFIER.checks().stream()
                        .filter(c -> !c.vantages().contains(Vantage.PROBE))
                        .map(Check::id)
                        .toList());
    }

    @Test
    void every_requirement_has_a_check() {
        assertThat(VERIFIER.checks().stream().flatMap(c -> c.requirement().stream()))
                .contains(Requirement.values());
    }

    @TestFactory
    Stream<DynamicTest> a_planted_defect_is_found_by_exactly_the_checks_that_are_about_it() {
        return DEFECTS.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Map<String, Status> good = GOOD.computeIfAbsent(row.good(), cluster -> statuses(cluster.get()));
                    Cluster cluster = row.planted();
                    Map<String, Status> expected = new TreeMap<>(row.also());
                    expected.put(row.check(), row.breach());

                    Map<String, Status> changed = statuses(cluster);
                    changed.entrySet()
                            .removeIf(e -> good.get(e.getKey()) == e.getValue() && !expected.containsKey(e.getKey()));
                    // Where a defect takes away what other checks are about, they have nothing to judge.
                    changed.entrySet().removeIf(e -> e.getValue() == SKIPPED && !expected.containsKey(e.getKey()));

                    assertThat(changed).isEqualTo(expected);
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_check_says_what_was_observed_expected_and_what_to_do_next() {
        return DEFECTS.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Cluster cluster = row.planted();

                    Finding finding = finding(cluster, row.check());

                    assertThat(finding.observed()).isNotBlank();
                    assertThat(finding.expected()).isNotBlank();
                    assertThat(finding.next().isBlank())
                            .as("only what is no defect needs no next step")
                            .isEqualTo(row.breach() == SKIPPED);
                    assertThat(finding.resources())
                            .as("names, not what Java prints of a record")
                            .noneMatch(r -> r.contains("[") || r.contains("="));
                }));
    }

    @TestFactory
    Stream<DynamicTest> what_is_unreadable_is_unknown_and_never_passes() {
        return DEFECTS.stream()
                .filter(row -> !row.blind().isEmpty())
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Finding finding = finding(row.good().get().blind(row.blind().toArray(String[]::new)), row.check());

                    assertThat(finding.status()).isEqualTo(UNKNOWN);
                    assertThat(finding.observed())
                            .contains("403 on " + row.blind().get(0));
                }));
    }

    @Test
    void every_check_that_reads_something_has_an_unknown() {
        assertThat(DEFECTS.stream().filter(row -> row.blind().isEmpty()).map(Defect::check))
                .containsExactlyInAnyOrderElementsOf(VERIFIER.checks().stream()
                        .filter(c -> c.vantages().isEmpty())
                        .map(Check::id)
                        .toList());
    }

    /** Whatever part of a bad cluster cannot be read, its defect never looks like something that was found in order. */
    @TestFactory
    Stream<DynamicTest> a_defect_never_passes_because_a_part_is_unreadable() {
        return DEFECTS.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Check check = VERIFIER.checks().stream()
                            .filter(c -> c.id().equals(row.check()))
                            .findFirst()
                            .orElseThrow();

                    Cluster cluster = row.planted();
                    assertThat(Cluster.PARTS).noneMatch(part -> {
                        cluster.blind.clear();
                        cluster.blind(part);
                        return check.evaluate(new Evidence(cluster.snapshot())).stream()
                                .anyMatch(finding -> finding.status() == PASS);
                    });
                }));
    }

    /** A check that never passes proves nothing. */
    @TestFactory
    Stream<DynamicTest> each_check_passes_in_one_of_the_good_backends() {
        Cluster withPodRanges = Clusters.goodEks().eachNode(n -> n.podCidrs = List.of("192.168.7.0/24"));
        List<Map<String, Status>> good = Stream.of(
                        Clusters.goodEks(), Clusters.goodGke(), Clusters.goodAks(), Clusters.bareEks(), withPodRanges)
                .map(StandardCatalogTest::statuses)
                .toList();
        return DEFECTS.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.check(), () -> assertThat(good).anyMatch(all -> all.get(row.check()) == PASS)));
    }

    private static Map<String, Status> statuses(Cluster cluster) {
        Map<String, Status> statuses = new TreeMap<>();
        VERIFIER.verify(cluster.snapshot()).findings().forEach(f -> statuses.put(f.check(), f.status()));
        return statuses;
    }
}
