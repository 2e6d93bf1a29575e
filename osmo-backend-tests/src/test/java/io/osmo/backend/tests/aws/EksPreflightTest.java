// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.Verdict;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the preflight of an EKS backend says, and that it changes nothing. */
class EksPreflightTest {
    private static BackendSpecBuilder spec() {
        return BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20));
    }

    private static PreflightReport preflight(BackendSpec spec, Consumer<EmulatedClouds> before) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            before.accept(clouds);
            clouds.aws().forgetCalls();
            PreflightReport report = osmo.preflight(spec);
            assertThat(clouds.aws().calls()).allMatch(call -> call.reads());
            return report;
        }
    }

    private static Map<String, Status> troubles(PreflightReport report) {
        return report.findings().stream()
                .filter(f -> f.status() != Status.PASS)
                .collect(
                        Collectors.toMap(PreflightFinding::check, PreflightFinding::status, (a, b) -> a, TreeMap::new));
    }

    @Test
    void a_good_spec_passes() {
        assertThat(preflight(spec().build(), clouds -> {})).hasToString("""
                Preflight of aws/us-west-2/train-west: nothing forbids applying (9 PASS)

                  PASS     preflight.identity        account 123456789012 as
                                                     arn:aws:sts::123456789012:assumed-role/osmo-backend/emulated
                  PASS     preflight.name            no EKS cluster train-west in us-west-2 yet
                  PASS     preflight.permissions     all 113 actions are allowed to
                                                     arn:aws:iam::123456789012:role/osmo-backend
                  PASS     preflight.version         Kubernetes 1.35, standard support until 2027-03-27 (CP-2)
                  PASS     preflight.instance-types  pool operator: m7i.xlarge sold in us-west-2a, us-west-2b,
                                                     us-west-2c (CN-1)
                  PASS     preflight.instance-types  pool cpu: m7i.2xlarge sold in us-west-2a, us-west-2b,
                                                     us-west-2c (CN-1)
                  PASS     preflight.addresses       free addresses suffice for all pools at their maximum; least is
                                                     left of us-west-2a, us-west-2b, us-west-2c: 690 of 24513 needed
                                                     (NW-1)
                  PASS     preflight.cost            $0.88 to $9.17 an hour (AWS Price List, read on 2026-11-24)
                  PASS     preflight.quota           8 quotas suffice for all pools at their maximum; least is left
                                                     of Elastic IP addresses (L-0263D0A3): 3 of 5 needed (CN-2)
                """);
    }

    @Test
    void an_existing_backend_passes() {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(spec().build()));

            PreflightReport report = osmo.preflight(spec().build());

            assertThat(troubles(report)).isEmpty();
            assertThat(report.toString()).contains("EKS cluster train-west is this backend's own: apply continues");
        }
    }

    @Test
    void refused_credentials_are_one_failure() {
        PreflightReport report = preflight(
                spec().build(),
                clouds -> clouds.aws().faults().onCalls(call -> true).deny());

        assertThat(troubles(report))
                .isEqualTo(Map.of("preflight.identity", Status.FAIL, "preflight.cloud", Status.UNKNOWN));
        assertThat(report.passed()).isFalse();
    }

    @Test
    void a_missing_permission_is_unknown_and_leaves_the_rest() {
        PreflightReport report = preflight(
                spec().build(),
                clouds -> clouds.aws()
                        .faults()
                        .onCall("eks:DescribeClusterVersions")
                        .deny());

        assertThat(troubles(report)).isEqualTo(Map.of("preflight.version", Status.UNKNOWN));
        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.passed()).isFalse();
        assertThat(report.toString()).contains("Allow eks:DescribeClusterVersions");
    }

    @Test
    void a_type_that_is_not_sold_comes_with_the_zones_that_sell_it() {
        PreflightReport report = preflight(
                spec().gpuPool(
                                "h100",
                                p -> p.instanceType("p5.48xlarge")
                                        .zones("us-west-2c")
                                        .scale(0, 2))
                        .build(),
                clouds -> {});

        assertThat(troubles(report)).isEqualTo(Map.of("preflight.instance-types", Status.FAIL));
        assertThat(report.toString()).contains("zones that sell it: us-west-2a, us-west-2b");
    }

    @Test
    void a_version_whose_support_ends_is_warned_of() {
        PreflightReport report = preflight(spec().kubernetesVersion("1.34").build(), clouds -> {});

        assertThat(troubles(report)).isEqualTo(Map.of("preflight.version", Status.WARN));
        assertThat(report.toString()).contains("until 2026-12-02").contains("Take 1.35.");
    }

    /** What the host supplies is looked at first, for all clouds alike. */
    @Test
    void secrets_in_the_wrong_form_are_refused_unseen_before_anybody_is_asked() {
        BackendSpec spec = spec().osmo(
                        o -> o.serviceUrl("https://osmo.example.com").token(() -> "too-short-a-token"))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            assertThatExceptionOfType(InvalidSpecException.class)
                    .isThrownBy(() -> osmo.preflight(spec))
                    .withMessageContaining("osmo.token")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("too-short-a-token"));
            assertThat(clouds.aws().calls()).isEmpty();
        }
    }

    /** Auto Scaling may create the role, so its absence is no failure. */
    @Test
    void an_account_without_the_role_of_spot_is_warned_of() {
        BackendSpec spot = spec().computePool(
                        "spot", p -> p.instanceType("m7i.2xlarge").spot(true).scale(0, 2))
                .build();
        String role = "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot";

        assertThat(troubles(preflight(spot, clouds -> {}))).isEqualTo(Map.of("preflight.spot-role", Status.WARN));
        try (EmulatedClouds clouds =
                        EmulatedClouds.builder().aws(aws -> aws.principal(role)).build();
                OsmoBackends osmo = clouds.open()) {
            assertThat(osmo.preflight(spot).findings())
                    .anyMatch(finding ->
                            finding.check().equals("preflight.spot-role") && finding.status() == Status.PASS);
        }
    }

    @Test
    void existing_things_that_are_not_there_fail() {
        UnaryOperator<BackendSpecBuilder> existing = s -> s.network(n ->
                        n.existing("vpc-0123456789abcdef0", "subnet-0123456789abcdef0", "subnet-0123456789abcdef1"))
                .encryption(e ->
                        e.existingKey("arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555"));

        assertThat(troubles(preflight(existing.apply(spec()).build(), clouds -> {})))
                .containsEntry("preflight.network", Status.FAIL)
                .containsEntry("preflight.key", Status.FAIL);
    }
}
