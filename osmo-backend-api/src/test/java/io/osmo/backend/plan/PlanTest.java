// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.fake.World;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    private static final BackendSpec SPEC = World.spec().toBuilder()
            .pullSecret("nvcr.io", "$oauthtoken", Secret.of("ngc", () -> "hunter2-hunter2"))
            .build();

    private static Change change(String id, Action action, String reason, int seconds, String... after) {
        Set<ResourceId> ids = new TreeSet<>();
        Arrays.stream(after).map(ResourceId::parse).forEach(ids::add);
        List<FieldChange> fields = action == Action.UPDATE
                ? List.of(FieldChange.inPlace("scale.max", 4, 8))
                : action == Action.REPLACE ? List.of(FieldChange.replacing("instanceType", "m5", "m7i")) : List.of();
        return new Change(
                ResourceId.parse(id),
                action,
                "the " + id,
                reason,
                fields,
                ids,
                Duration.ofSeconds(seconds),
                disruption(action),
                Set.of());
    }

    private static Disruption disruption(Action action) {
        return switch (action) {
            case REPLACE, DELETE -> Disruption.OUTAGE;
            case UPDATE -> Disruption.ROLLING;
            default -> Disruption.NONE;
        };
    }

    private static Plan plan(Optional<BackendSpec> spec, List<Change> changes, List<String> warnings) {
        return Plan.of(
                spec.isPresent() ? Plan.Kind.APPLY : Plan.Kind.DESTROY,
                World.ref(),
                Optional.of("123456789012"),
                spec,
                changes,
                List.of(),
                warnings);
    }

    private static Plan plan() {
        return plan(
                Optional.of(SPEC),
                List.of(
                        change("vpc/main", Action.CREATE, "does not exist", 2),
                        change("subnet/private-a", Action.CREATE, "does not exist", 2, "vpc/main"),
                        change("eks-cluster/main", Action.WAIT, "is not ready yet: CREATING", 600, "subnet/private-a"),
                        change("node-group/cpu", Action.UPDATE, "differs in scale.max", 60, "eks-cluster/main"),
                        change("node-group/old", Action.DELETE, "is no longer wanted", 240),
                        change("node-group/gpu", Action.REPLACE, "cannot be changed in place: instanceType", 400)),
                List.of("Version 1.34 leaves standard support on 2026-12-02."));
    }

    @Test
    void a_plan_reads_well() {
        assertThat(plan()).hasToString("""
                        Plan for backend fake/here/train in account 123456789012: 2 to create, 1 to update, 1 to replace,
                        1 to wait for, 1 to delete

                        Running work
                          ! outage, its work ends: the node-group/old
                          ! outage, its work ends: the node-group/gpu
                          ! rolling, nodes are drained one after another: the node-group/cpu
                          Applied only with ApplyOptions.allow(Disruption.OUTAGE), or --allow outage on the command line

                        Create: does not exist
                          + vpc/main          the vpc/main
                          + subnet/private-a  the subnet/private-a

                        Update in place
                          ~ node-group/cpu  the node-group/cpu
                              scale.max: 4 -> 8

                        Replace (delete, then create)
                          ± node-group/gpu  the node-group/gpu
                              cannot be changed in place: instanceType
                              instanceType: m5 -> m7i

                        Wait for: is not ready yet: CREATING
                          … eks-cluster/main  the eks-cluster/main

                        Delete: is no longer wanted
                          - node-group/old  the node-group/old

                        Takes about 11 min, determined by
                          vpc/main (2 s) > subnet/private-a (2 s) > eks-cluster/main (10 min) > node-group/cpu (1 min)

                        Needs
                          credentials for fake in here
                          quota and capacity for up to 2 x m1 (pool cpu)
                          secrets: external ngc

                        Warnings
                          ! Version 1.34 leaves standard support on 2026-12-02.
                        """);
    }

    @Test
    void no_line_is_wider_than_100_columns() {
        Change wide = new Change(
                ResourceId.of("kind", "n".repeat(150)),
                Action.UPDATE,
                "word ".repeat(60),
                "reason ".repeat(40),
                List.of(FieldChange.inPlace("field", "x".repeat(300), "y y ".repeat(80))),
                Set.of(),
                Duration.ofHours(2),
                Disruption.ROLLING,
                Set.of());
        Plan plan = plan(Optional.of(SPEC), List.of(wide), List.of("w ".repeat(100)));
        assertThat(plan.toString().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void an_empty_plan_says_so() {
        assertThat(plan(Optional.empty(), List.of(), List.of()))
                .hasToString("Nothing of backend fake/here/train in account 123456789012 exists: nothing to do.\n");
    }

    @Test
    void the_longest_chain_determines_the_duration() {
        assertThat(plan().estimatedDuration()).isEqualTo(Duration.ofSeconds(664));
        assertThat(plan().criticalPath())
                .extracting(c -> c.resource().toString())
                .containsExactly("vpc/main", "subnet/private-a", "eks-cluster/main", "node-group/cpu");
    }

    @Test
    void json_is_read_as_it_was_written_and_holds_no_secret() {
        String json = plan().toJson();
        assertThat(json).doesNotContain("hunter2").contains("osmo-backend-plan/3");

        Plan read = Plan.fromJson(json);

        assertThat(read.changes()).isEqualTo(plan().changes());
        assertThat(read.spec()).isEqualTo(plan().spec());
        assertThat(read.fingerprint()).isEqualTo(plan().fingerprint());
        assertThat(read.toJson()).isEqualTo(json);
        assertThat(read).isEqualTo(plan()).hasSameHashCodeAs(plan()).hasToString(plan().toString());
        Plan destroy = plan(Optional.empty(), List.of(), List.of());
        assertThat(Plan.fromJson(destroy.toJson()).kind()).isEqualTo(Plan.Kind.DESTROY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "osmo-backend-plan/3 | osmo-backend-plan/2 | plan.format",
                "\"warnings\" | \"warning\" | Unrecognized field",
                "does not exist | does exist | altered",
                "\"CREATE\" | \"CRUSH\" | CRUSH",
                "\"PT2S\" | \"2 seconds\" | plan",
                "} | ] | plan",
            })
    void a_plan_that_was_tampered_with_is_refused(String original, String replacement, String expected) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> Plan.fromJson(plan().toJson().replace(original, replacement)))
                .withMessageContaining(expected);
    }

    @Test
    void the_fingerprint_depends_on_spec_and_changes() {
        Plan other =
                plan(Optional.of(SPEC.toBuilder().tag("team", "robots").build()), plan().changes(), plan().warnings());
        assertThat(plan().fingerprint()).hasSize(64).isNotEqualTo(other.fingerprint());
    }

    @Test
    void a_flowchart_has_each_change_once_and_what_it_waits_for() {
        Plan plan = plan(
                Optional.of(SPEC),
                List.of(
                        change("vpc/main", Action.CREATE, "does not exist", 2),
                        change("subnet/a", Action.CREATE, "does not exist", 3, "vpc/main"),
                        change("role/\"nodes\"", Action.CREATE, "does not exist", 1),
                        change("pool/cpu", Action.UPDATE, "differs", 60, "subnet/a", "vpc/main", "role/\"nodes\"")),
                List.of());

        assertThat(plan.toMermaid()).startsWith("""
                flowchart LR
                  n0["create vpc/main<br/>2 s"]:::create
                  class n0 critical
                  n1["create role/#34;nodes#34;<br/>1 s"]:::create
                  n2["create subnet/a<br/>3 s"]:::create
                  class n2 critical
                  n3["update pool/cpu<br/>1 min, rolling"]:::update
                  class n3 critical
                  n0 ==> n2
                  n1 --> n3
                  n2 ==> n3
                  classDef create""");
        assertThat(plan(Optional.of(SPEC), List.of(), List.of()).toMermaid()).contains("nothing to do");
    }

    @Test
    void a_page_shows_order_durations_reasons_and_disruption() {
        String page = plan().toHtml();

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("Takes about 11 min. Running work: outage, its work ends.")
                .contains(
                        "Applied only with ApplyOptions.allow(Disruption.OUTAGE), or --allow outage on the command line.")
                .contains("<span class=\"badge good\">2 to create</span>")
                .contains("<code>instanceType: m5 -&gt; m7i</code>")
                .contains("<td data-label=\"Running work\"><span class=\"badge bad\">outage</span>")
                .containsPattern("<path class=\"[a-z-]+\" d=\"M[0-9.]+ [0-9]+V[0-9]+H[0-9.]+\"/>")
                .contains("Version 1.34 leaves standard support")
                .contains(plan().fingerprint());
        assertThat(page.split("<rect class=\"bar [a-z]+ critical\"", -1)).hasSize(5);
        assertThat(page).doesNotContain("<script").doesNotContain("src=").doesNotContain("href=\"http");
    }

    @Test
    void what_a_cloud_has_named_is_no_markup_of_a_page_or_flowchart() {
        String evil = "pool/<script>alert(1)</script>\"]; click n0 \"javascript:alert(1)";
        Plan plan = plan(Optional.of(SPEC), List.of(change(evil, Action.CREATE, "<b>", 2)), List.of("<img src=x>"));

        assertThat(plan.toHtml())
                .doesNotContain("<script")
                .doesNotContain("<b>")
                .doesNotContain("<img");
        assertThat(plan.toMermaid().lines().filter(line -> line.startsWith("  n0")))
                .singleElement()
                .asString()
                .doesNotContain("<script")
                .matches("  n0\\[\"[^\"]*\"\\]:::create");
    }
}
