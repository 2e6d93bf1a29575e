// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarInjectionTest {
    private static final String CHECK = "security.sidecar-injection";

    private static Cluster with(Map<String, String> labels, Map<String, String> annotations) {
        Cluster cluster = Clusters.goodEks();
        cluster.namespaces.set(2, KubeObjects.workflows(labels, annotations));
        return cluster;
    }

    @ParameterizedTest
    @CsvSource({
        "istio-injection, enabled, WARN",
        "istio-injection, disabled, PASS",
        "istio.io/rev, asm-managed, WARN",
        "istio.io/rev, asm-1-27, WARN",
        "istio.io/dataplane-mode, ambient, PASS",
        "kuma.io/sidecar-injection, enabled, WARN",
        "kuma.io/sidecar-injection, disabled, PASS",
        "linkerd.io/inject, enabled, PASS"
    })
    void labels_that_ask_for_a_sidecar_warn(String label, String value, Status status) {
        assertThat(status(with(Map.of(label, value), Map.of()), CHECK)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "linkerd.io/inject, enabled, WARN",
        "linkerd.io/inject, ingress, WARN",
        "linkerd.io/inject, disabled, PASS",
        "openservicemesh.io/sidecar-injection, enabled, WARN",
        "sidecar.opentelemetry.io/inject, true, WARN",
        "sidecar.opentelemetry.io/inject, collector, WARN",
        "sidecar.opentelemetry.io/inject, false, PASS"
    })
    void annotations_that_ask_for_a_sidecar_warn(String annotation, String value, Status status) {
        assertThat(status(with(Map.of(), Map.of(annotation, value)), CHECK)).isEqualTo(status);
    }

    /** Istio looks at its revision only where the other label is missing. */
    @Test
    void istio_turned_off_wins_over_its_revision() {
        assertThat(status(with(Map.of("istio-injection", "disabled", "istio.io/rev", "canary"), Map.of()), CHECK))
                .isEqualTo(Status.PASS);
    }

    @Test
    void all_that_ask_are_named() {
        assertThat(finding(with(Map.of("istio-injection", "enabled"), Map.of("linkerd.io/inject", "enabled")), CHECK)
                        .observed())
                .isEqualTo("istio-injection=enabled, linkerd.io/inject=enabled (1 of 1 namespaces of that name)");
    }
}
