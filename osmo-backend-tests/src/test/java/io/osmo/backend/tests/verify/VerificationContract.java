// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static io.osmo.backend.tests.verify.AppliedBackend.findingsOf;
import static io.osmo.backend.tests.verify.AppliedBackend.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.Verdict;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On every cloud a backend that was applied passes its verification, and the checks find the defects that they should find. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VerificationContract<B extends AppliedBackend> {
    static final String NAME = "train-west";

    /** The start of each backend here. */
    static BackendSpecBuilder backend(String provider, String region) {
        return BackendSpec.builder(NAME)
                .on(provider, region)
                .apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))
                .pullSecret("nvcr.io", "$oauthtoken", () -> "nvapi-x")
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(() -> "A".repeat(43)));
    }

    abstract B applied(BackendSpec spec);

    /** A backend with GPU nodes. */
    abstract BackendSpec spec();

    /** A backend that passes every check. */
    BackendSpec flawless() {
        return spec();
    }

    /** What verification says of {@link #spec()} when nothing is wrong. */
    Map<String, Status> always() {
        return Map.of();
    }

    /** The name of the cloud's service, such as {@code EKS}. */
    abstract String service();

    /** The operation that reads the key for Secrets. */
    abstract String readKey();

    abstract String defaultStorageClass();

    /** A container runtime that is too old. */
    String oldRuntime() {
        return "containerd://1.7.20";
    }

    /** Defects that are planted in different ways on each cloud. */
    abstract Stream<Defect<B>> defects();

    private Map<String, Status> alwaysAnd(Map<String, Status> more) {
        Map<String, Status> expected = new TreeMap<>(always());
        expected.putAll(more);
        return expected;
    }

    @Test
    void a_backend_that_was_applied_passes() {
        try (B backend = applied(flawless())) {
            Report report = backend.verify();

            assertThat(problems(report)).isEmpty();
            assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
            checkSkipped(report);
        }
    }

    /** Virtual time is at its start plus what creating took; the machine's clock is at another time. */
    @Test
    void a_report_of_an_emulated_backend_carries_the_virtual_clock() {
        try (B backend = applied(spec())) {
            Instant now = backend.clouds().time().now();

            assertThat(backend.verify().time().known().orElseThrow())
                    .isBetween(now.minusSeconds(60), now.plusSeconds(60));
        }
    }

    /** Looks at what was skipped of a backend that passes every check. */
    void checkSkipped(Report report) {}

    @Test
    void a_backend_with_gpu_nodes_passes() {
        try (B backend = applied(spec())) {
            Report report = backend.verify();

            assertThat(problems(report)).isEqualTo(always());
            assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    /** The cluster alone tells less, and nothing that is wrong. */
    @Test
    void the_same_backend_passes_by_its_kubernetes_api_alone() {
        try (B backend = applied(flawless())) {
            Report report =
                    backend.verifier().verify(backend.backend().access().orElseThrow(), Expectations.of(flawless()));

            assertThat(problems(report)).isEmpty();
            assertThat(findingsOf(report, Vantage.CLOUD)).allMatch(f -> f.status() == Status.SKIPPED);
        }
    }

    @Test
    void what_a_denied_credential_cannot_read_is_unknown() {
        try (B backend = applied(spec())) {
            backend.cloud().faults().onCalls(call -> true).deny();

            Report report = backend.verify();

            assertThat(findingsOf(report, Vantage.CLOUD)).allMatch(f -> f.status() == Status.UNKNOWN);
            assertThat(findingsOf(report, Vantage.CLOUD))
                    .allMatch(f -> f.observed().contains(denial()));
            assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    /** How the cloud says that a credential may not do something. */
    abstract String denial();

    @Test
    void a_permission_that_is_missing_blinds_what_it_is_for_and_nothing_else() {
        try (B backend = applied(spec())) {
            backend.cloud().faults().onCall(readKey()).deny();

            assertThat(problems(backend.verify()))
                    .isEqualTo(alwaysAnd(Map.of("control-plane.etcd-encryption", Status.UNKNOWN)));
        }
    }

    @Test
    void facts_of_a_cluster_that_does_not_exist_are_an_error() {
        BackendRef nowhere = new BackendRef(spec().provider(), spec().region(), "nowhere");
        try (EmulatedClouds clouds = EmulatedClouds.create();
                CloudSession session = clouds.cloud(nowhere.provider())
                        .provider()
                        .open(nowhere.region(), Optional.empty(), clouds.time())) {
            var facts = session.facts(nowhere);

            assertThatExceptionOfType(CloudException.class)
                    .isThrownBy(() -> clouds.time().await(facts, Duration.ofMinutes(1)))
                    .withMessageContaining("there is no " + service() + " cluster nowhere in ")
                    .withMessageContaining(nowhere.region())
                    .matches(e -> e.error() == CloudError.NOT_FOUND);
        }
    }

    private Stream<Defect<B>> allDefects() {
        Stream<Defect<B>> common = Stream.of(
                Defect.of(
                        "no default class",
                        b -> b.cluster().remove("StorageClass", "", defaultStorageClass()),
                        "storage.default-class",
                        Status.FAIL),
                Defect.of("a node not ready", b -> b.silence("gpu"), "node.ready", Status.WARN),
                Defect.of(
                        "containerd too old",
                        b -> b.runtime("compute", oldRuntime()),
                        "runtime.containerd-version",
                        Status.FAIL),
                Defect.of(
                        "token Secret removed",
                        b -> b.cluster().remove("Secret", "osmo-operator", "osmo-backend-token-default"),
                        "operator.token-secret",
                        Status.FAIL));
        return Stream.concat(common, defects());
    }

    @ParameterizedTest
    @MethodSource("allDefects")
    void each_defect_is_found_by_the_checks_that_should_find_it(Defect<B> defect) {
        try (B backend = applied(spec())) {
            defect.plant().accept(backend);
            backend.settle();

            assertThat(problems(backend.verify())).isEqualTo(alwaysAnd(defect.found()));
        }
    }
}
