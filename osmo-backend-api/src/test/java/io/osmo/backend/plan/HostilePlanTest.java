// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans come from where others may have written to them. */
@Timeout(20)
class HostilePlanTest {
    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("aws", "us-west-2")
            .computePool("cpu", p -> p.instanceType("m7i.2xlarge"))
            .build();

    private static Change change(String name, String... after) {
        return new Change(
                ResourceId.of("subnet", name),
                Action.CREATE,
                "subnet " + name,
                "does not exist",
                List.of(),
                Set.of(List.of(after).stream()
                        .map(id -> ResourceId.of("subnet", id))
                        .toArray(ResourceId[]::new)),
                Duration.ofSeconds(2),
                Disruption.NONE,
                Set.of());
    }

    private static Plan plan(Change... changes) {
        return Plan.of(
                Plan.Kind.APPLY,
                SPEC.ref(),
                Optional.of("123456789012"),
                Optional.of(SPEC),
                List.of(changes),
                List.of(),
                List.of());
    }

    private static InvalidSpecException refused(String json) {
        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> Plan.fromJson(json));
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.getMessage()).hasSizeLessThan(20_000);
        return refusal;
    }

    /** The refusal of an altered plan by its fingerprint, after everything else has passed. */
    private static void altered(String json) {
        InvalidSpecException refusal = refused(json);
        assertThat(refusal).hasMessageContaining("plan.fingerprint").hasMessageNotContaining("remedy");
        assertThat(refusal.remedy()).isEqualTo("Plan again.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "[]",
                "null",
                "1",
                "\"\"",
                "{",
                "{\"format\":null}",
                "{\"format\":\"osmo-backend-plan/3\"}"
            })
    void what_is_no_plan_is_refused(String json) {
        assertThat(refused(json)).hasMessageStartingWith("the plan has ").hasMessageNotContaining("Exception");
    }

    /** Some editors write one. */
    @Test
    void a_byte_order_mark_before_a_plan_is_ignored() {
        Plan plan = plan(change("a"));

        assertThat(Plan.fromJson("\uFEFF" + plan.toJson()).fingerprint()).isEqualTo(plan.fingerprint());
        assertThat(refused("\uFEFF\uFEFF" + plan.toJson())).hasMessageStartingWith("the plan has ");
    }

    @Test
    void a_field_given_twice_is_refused() {
        String json = plan(change("a")).toJson();

        assertThat(refused(json.replaceFirst("\"kind\" : \"APPLY\"", "\"kind\" : \"DESTROY\", \"kind\" : \"APPLY\"")))
                .hasMessageContaining("kind");
        assertThat(refused(
                        json.replaceFirst("\"name\" : \"train-west\"", "\"name\" : \"x\", \"name\" : \"train-west\"")))
                .hasMessageContaining("name");
    }

    @Test
    void a_resource_that_is_changed_twice_is_refused() {
        assertThat(refused(plan(change("a"), change("b")).toJson().replace("subnet/b", "subnet/a")))
                .hasMessageContaining("subnet/a twice");
    }

    @Test
    void changes_that_wait_for_each_other_are_refused() {
        String json = plan(change("a"), change("b", "a"), change("c", "b")).toJson();

        assertThat(refused(json.replaceFirst("\"after\" : \\[ \\]", "\"after\" : [ \"subnet/c\" ]")))
                .hasMessageContaining("wait for each other");
        assertThat(refused(json.replaceFirst("\"after\" : \\[ \\]", "\"after\" : [ \"subnet/a\" ]")))
                .hasMessageContaining("wait for each other");
        assertThatThrownBy(() -> plan(change("a", "b"), change("b", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wait for each other");
    }

    @Test
    void a_long_chain_is_no_reason_to_fail() {
        Plan plan = plan(IntStream.range(0, 20_000)
                .mapToObj(i -> i == 0 ? change("s0") : change("s" + i, "s" + (i - 1)))
                .toArray(Change[]::new));

        assertThat(plan.criticalPath()).hasSize(20_000);
        assertThat(Plan.fromJson(plan.toJson())).isEqualTo(plan);
    }

    @Test
    void a_backend_other_than_that_of_its_spec_is_refused() {
        String json = plan(change("a")).toJson();
        String backend = "\"region\" : \"us-west-2\",\n    \"name\" : \"train-west\"";
        assertThat(json).contains(backend);

        assertThat(refused(json.replace(backend, backend.replace("train-west", "train-east"))))
                .hasMessageContaining("plan.backend");
        assertThat(refused(json.replace(backend, backend.replace("us-west-2", "us-east-1"))))
                .hasMessageContaining("plan.backend");
    }

    @Test
    void the_hash_that_would_pass_is_not_told() {
        Plan plan = plan(change("a"));
        String edited = plan.toJson().replace("does not exist", "does exist");

        altered(edited);
        Plan wanted = plan(new Change(
                ResourceId.of("subnet", "a"),
                Action.CREATE,
                "subnet a",
                "does exist",
                List.of(),
                Set.of(),
                Duration.ofSeconds(2),
                Disruption.NONE,
                Set.of()));
        assertThat(refused(edited).toString() + refused(edited).violations())
                .doesNotContain(wanted.fingerprint())
                .doesNotContain(plan.fingerprint());
    }

    @Test
    void a_signature_proves_that_a_host_with_the_key_wrote_it() {
        Secret key = Secret.of("plans", () -> "k".repeat(32));
        Secret other = Secret.of("plans", () -> "o".repeat(32));
        Plan plan = plan(change("a"));
        String signed = plan.toSignedJson(key);

        assertThat(Plan.fromSignedJson(signed, key)).isEqualTo(plan);
        assertThat(Plan.fromJson(signed)).isEqualTo(plan);
        assertThat(signed).doesNotContain("kkk");
        // Whoever can edit a plan can also compute its fingerprint, and take over a signature.
        String forged = plan(change("b")).toSignedJson(other);
        String signature = signed.replaceAll("(?s).*\"signature\" : \"([0-9a-f]+)\".*", "$1");
        String transplanted =
                plan(change("b")).toJson().replaceFirst("\"kind\"", "\"signature\" : \"" + signature + "\", \"kind\"");
        for (String json : List.of(forged, transplanted, plan(change("b")).toJson())) {
            assertThat(Plan.fromJson(json).changes()).hasSize(1);
            assertThatThrownBy(() -> Plan.fromSignedJson(json, key))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("plan.signature");
        }
    }

    @Test
    void length_is_judged_first() {
        assertThat(refused("[".repeat((16 << 20) + 1))).hasMessageContaining("16777217 characters");
    }

    @Test
    void text_of_the_cloud_is_shown_as_plain_text() {
        Plan plan = Plan.of(
                Plan.Kind.APPLY,
                new BackendRef("aws", "us-west-2", "train-west"),
                Optional.empty(),
                Optional.empty(),
                List.of(change("a")),
                List.of(new Guard("cluster/x", "\u001b[2J\n::error::owned ##[error]", "Wait.")),
                List.of("\u001b[1A"));

        assertThat(plan.toString()).doesNotContain("\u001b", "::error", "##[");
    }
}
