// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import io.osmo.backend.verify.snapshot.WebhookFacts.Bundle;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PodWebhooksTest {
    private static final Bundle GOOD = new Bundle(1, 1, 0, Optional.of(Instant.parse("2030-01-01T00:00:00Z")));
    private static final Bundle EXPIRED = new Bundle(1, 1, 0, Optional.of(Instant.parse("2026-11-01T00:00:00Z")));
    private static final Bundle NO_AUTHORITY = new Bundle(1, 0, 0, Optional.empty());
    private static final Bundle GARBAGE = new Bundle(0, 0, 0, Optional.empty());
    private static final Bundle ITSELF = new Bundle(1, 0, 1, Optional.of(Instant.parse("2030-01-01T00:00:00Z")));

    private static Cluster with(WebhookFacts webhook) {
        Cluster cluster = Clusters.goodEks();
        cluster.webhooks.set(1, webhook);
        return cluster;
    }

    private static WebhookFacts certified(Bundle bundle, int endpoints) {
        return new WebhookFacts(
                "validating/policy",
                "policy/webhook",
                true,
                true,
                Fact.of(bundle),
                Fact.of(Set.of("osmo-workflows")),
                Fact.of(false),
                Fact.of(endpoints));
    }

    static Stream<Arguments> bundles() {
        return Stream.of(
                Arguments.of(GOOD, 1, Status.PASS, "all 1"),
                Arguments.of(GOOD, 0, Status.FAIL, "no ready endpoint of policy/webhook"),
                Arguments.of(EXPIRED, 1, Status.FAIL, "a CA bundle that expired on 2026-11-01"),
                Arguments.of(NO_AUTHORITY, 1, Status.FAIL, "a CA bundle with no certificate authority in it"),
                Arguments.of(GARBAGE, 1, Status.FAIL, "a CA bundle without a certificate"),
                Arguments.of(ITSELF, 1, Status.WARN, "a CA bundle that is no authority, but one certificate"));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void a_fail_closed_webhook_on_pods_has_to_answer(Bundle bundle, int endpoints, Status status, String observed) {
        Cluster cluster = with(certified(bundle, endpoints));

        assertThat(status(cluster, "security.pod-webhooks")).isEqualTo(status);
        assertThat(finding(cluster, "security.pod-webhooks").observed()).startsWith(observed);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void kais_own_webhook_needs_a_valid_authority_too(Bundle bundle, int endpoints, Status status, String observed) {
        Cluster cluster = Clusters.goodEks();
        cluster.webhooks.set(
                0, KubeObjects.webhook("validating/kai-admission", "kai-scheduler/admission", bundle, Set.of(), 1));

        assertThat(status(cluster, "kai.webhook-health")).isEqualTo(endpoints == 0 ? Status.PASS : status);
    }

    @Test
    void webhooks_that_cannot_reject_osmos_pods_do_not_matter() {
        WebhookFacts elsewhere = KubeObjects.webhook("validating/x", "x/x", GOOD, Set.of(), 0);
        WebhookFacts ignored = new WebhookFacts(
                "mutating/x",
                "x/x",
                true,
                false,
                Fact.of(EXPIRED),
                Fact.of(Set.of("osmo-workflows")),
                Fact.of(false),
                Fact.of(0));

        assertThat(status(with(elsewhere), "security.pod-webhooks")).isEqualTo(Status.SKIPPED);
        assertThat(status(with(ignored), "security.pod-webhooks")).isEqualTo(Status.SKIPPED);
    }

    @Test
    void what_could_not_be_read_is_unknown() {
        WebhookFacts endpoints = new WebhookFacts(
                "validating/x",
                "x/x",
                true,
                true,
                Fact.of(GOOD),
                Fact.of(Set.of("osmo-workflows")),
                Fact.of(false),
                Fact.unknown("403"));

        assertThat(status(with(endpoints), "security.pod-webhooks")).isEqualTo(Status.UNKNOWN);
    }

    /** Kubernetes takes a level that it does not know for the strictest one. */
    @ParameterizedTest
    @CsvSource({"'', PASS", "privileged, PASS", "baseline, PASS", "restricted, FAIL", "Restricted, FAIL"})
    void a_level_of_pod_security_that_does_not_exist_is_the_strictest(String level, Status status) {
        Cluster cluster = Clusters.goodEks();
        cluster.namespaces.replaceAll(n ->
                n.name().equals("osmo-workflows") ? KubeObjects.namespace(n.name(), n.uid(), n.phase(), level) : n);

        assertThat(status(cluster, "security.psa-workflow-namespace")).isEqualTo(status);
    }
}
