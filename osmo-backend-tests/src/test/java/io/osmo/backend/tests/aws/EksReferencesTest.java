// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.REGION;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;

/** What a spec refers to is read by the plan and held against the need: reservations, keys, administrators. */
class EksReferencesTest {
    private static final String TYPE = "p5.48xlarge";
    private static final String ACCOUNT = "arn:aws:iam::123456789012:";

    private static BackendSpec reserved(String id, int nodes, String type, boolean block) {
        return spec(s -> s.gpuPool(
                        "h100",
                        p -> p.instanceType(type)
                                .zones("us-west-2b")
                                .scale(nodes, Math.max(1, nodes))
                                .reservation(id))
                .settings(EksSettings.builder()
                        .pool("h100", p -> p.withCapacityBlock(block))
                        .build()));
    }

    private static String reserve(EksBackend backend, String zone, int count) {
        return backend.clients()
                .ec2()
                .createCapacityReservation(r -> r.instanceType(TYPE)
                        .availabilityZone(zone)
                        .instanceCount(count)
                        .instancePlatform("Linux/UNIX"))
                .capacityReservation()
                .capacityReservationId();
    }

    private static List<String> refusal(EksBackend backend, BackendSpec spec) {
        return catchThrowableOfType(InvalidSpecException.class, () -> backend.osmo.plan(spec)).violations().stream()
                .map(Violation::toString)
                .toList();
    }

    private static List<PreflightFinding> findings(EksBackend backend, BackendSpec spec, String check) {
        return backend.osmo.preflight(spec).findings().stream()
                .filter(finding -> finding.check().equals("preflight." + check))
                .toList();
    }

    @Test
    void a_reservation_that_does_not_fit_is_refused_with_every_reason() {
        try (EksBackend backend = new EksBackend()) {
            String unknown = "cr-0123456789abcdef0";
            assertThat(refusal(backend, reserved(unknown, 1, TYPE, false)))
                    .containsExactly("computePools[1].reservation (CN-1): given " + unknown
                            + "; allowed: a capacity reservation of this account in us-west-2, or one that is shared with"
                            + " it. Check the id, the region and the account.");

            String elsewhere = reserve(backend, "us-west-2a", 1);
            assertThat(refusal(backend, reserved(elsewhere, 2, "p5en.48xlarge", true)))
                    .containsExactly(
                            "computePools[1].zones (CN-1): given us-west-2b; allowed: us-west-2a, the zone of "
                                    + elsewhere + ". Name that zone, or another reservation.",
                            "computePools[1].instanceTypes (CN-1): given p5en.48xlarge; allowed: p5.48xlarge, the type of "
                                    + elsewhere + ". Name that type alone, or another reservation.",
                            "settings.pools.h100.capacityBlock (CN-1): given true; allowed: false, since " + elsewhere
                                    + " is no capacity block. Set it so, or name another reservation.",
                            "computePools[1].reservation (CN-1): given " + elsewhere
                                    + " with 1 of 1 instances free; allowed: 2 free instances, for the initial nodes of the"
                                    + " pool. Enlarge the reservation, stop other instances that use it, or lower scale.initial.");

            backend.clients().ec2().cancelCapacityReservation(r -> r.capacityReservationId(elsewhere));
            assertThat(refusal(backend, reserved(elsewhere, 1, TYPE, false)))
                    .anyMatch(text -> text.contains(elsewhere + ", cancelled; allowed: an active reservation"));
            assertThat(findings(backend, reserved(elsewhere, 1, TYPE, false), "reservations"))
                    .isNotEmpty()
                    .allMatch(finding -> finding.status() == Status.FAIL);
            assertThat(backend.aws().inventory()).isEmpty();
        }
    }

    @Test
    void capacity_blocks_are_told_by_their_time() {
        try (EksBackend backend = new EksBackend()) {
            Instant now = backend.clouds.time().now();
            String ending = backend.aws()
                    .plantCapacityBlock(
                            REGION,
                            TYPE,
                            "us-west-2b",
                            2,
                            now.minus(Duration.ofDays(1)),
                            now.plus(Duration.ofMinutes(30)));
            String later = backend.aws()
                    .plantCapacityBlock(
                            REGION, TYPE, "us-west-2b", 2, now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)));

            assertThat(refusal(backend, reserved(ending, 1, TYPE, true)))
                    .singleElement()
                    .asString()
                    .contains("which ends at");
            assertThat(refusal(backend, reserved(later, 1, TYPE, true)))
                    .singleElement()
                    .asString()
                    .contains(", scheduled for ")
                    .contains("Apply once it is active, or let the pool begin with 0 nodes.");
            assertThat(backend.osmo.plan(reserved(later, 0, TYPE, true)).warnings())
                    .anyMatch(text -> text.startsWith("Reservation " + later + " of pool h100 ends at"))
                    .anyMatch(text -> text.contains("the pool gets no nodes before then"));
        }
    }

    @Test
    void a_reservation_that_fits_is_used() {
        try (EksBackend backend = new EksBackend()) {
            String id = reserve(backend, "us-west-2b", 2);
            BackendSpec spec = reserved(id, 2, TYPE, false);

            assertThat(findings(backend, spec, "reservations"))
                    .extracting(PreflightFinding::message)
                    .containsExactly("pool h100: " + id + " has 2 of 2 instances free for p5.48xlarge in us-west-2b");
            backend.applied(spec);

            assertThat(backend.clients()
                            .ec2()
                            .describeCapacityReservations(r -> r.capacityReservationIds(id))
                            .capacityReservations()
                            .get(0)
                            .availableInstanceCount())
                    .isZero();
        }
    }

    @Test
    void a_reservation_that_cannot_be_read_is_a_warning() {
        try (EksBackend backend = new EksBackend()) {
            String id = reserve(backend, "us-west-2b", 1);
            backend.aws()
                    .faults()
                    .onCall("ec2:DescribeCapacityReservations")
                    .refuse(403, "UnauthorizedOperation", "You are not authorized to perform this operation.");

            assertThat(backend.osmo.plan(reserved(id, 1, TYPE, false)).warnings())
                    .anyMatch(text -> text.startsWith("Reservation " + id + " of pool h100 could not be read"));
            assertThat(findings(backend, reserved(id, 1, TYPE, false), "reservations"))
                    .extracting(PreflightFinding::status)
                    .containsExactly(Status.UNKNOWN);
        }
    }

    @Test
    void administrators_that_do_not_exist_are_refused() {
        try (EksBackend backend =
                new EksBackend(account -> account.principal("role/Ops").principal("user/team/alice"))) {
            assertThat(refusal(
                            backend,
                            spec(s -> s.admin(ACCOUNT + "role/Nobody")
                                    .admin(ACCOUNT + "user/alice")
                                    .admin("arn:aws-cn:iam::123456789012:role/Ops")
                                    .admin(ACCOUNT + "role/Ops"))))
                    .containsExactly(
                            "admins[0]: given " + ACCOUNT
                                    + "role/Nobody; allowed: a role or user that exists in account 123456789012; EKS"
                                    + " refuses others. Create it, or correct the ARN.",
                            "admins[1]: given " + ACCOUNT
                                    + "user/alice; allowed: a role or user that exists in account 123456789012; EKS"
                                    + " refuses others. Its ARN is " + ACCOUNT + "user/team/alice: give that.",
                            "admins[2]: given arn:aws-cn:iam::123456789012:role/Ops; allowed: an ARN of partition aws,"
                                    + " which that of the caller is of. Begin the ARN with arn:aws:.");

            backend.applied(spec(s -> s.admin(ACCOUNT + "role/Ops").admin(ACCOUNT + "user/team/alice")));
            assertThatThrownBy(() -> backend.clients()
                            .eks()
                            .createAccessEntry(
                                    r -> r.clusterName(EksBackend.NAME).principalArn(ACCOUNT + "role/Nobody")))
                    .isInstanceOf(InvalidParameterException.class);
        }
    }

    @Test
    void administrators_of_other_accounts_are_a_warning() {
        String other = "arn:aws:iam::210987654321:role/Ops";
        try (EksBackend backend = new EksBackend()) {
            assertThat(backend.osmo.plan(spec(s -> s.admin(other))).warnings())
                    .anyMatch(text -> text.startsWith("Whether " + other + " of admins exists could not be read"));
            assertThat(findings(backend, spec(s -> s.admin(other)), "admins"))
                    .extracting(PreflightFinding::status)
                    .containsExactly(Status.UNKNOWN);
        }
    }
}
