// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static io.osmo.backend.verify.Clusters.finding;
import static io.osmo.backend.verify.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.Clusters.Cluster;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OSMO's operator and what it needs, in clusters of several kinds. */
class OperatorChecksTest {
    @ParameterizedTest
    @CsvSource({
        "https://osmo.example.com/, PASS",
        "https://osmo.example.com:443, PASS",
        "https://OSMO.example.com, PASS",
        "https://osmo.example.com:8443, FAIL",
        "http://osmo.example.com, FAIL",
        "https://osmo.example.com/osmo, FAIL",
        "https://osmo example.com, FAIL"
    })
    void urls_that_mean_the_same_are_the_same(String url, Status status) {
        Cluster cluster = Clusters.goodEks().flag("osmo-osmo-backend-worker", "host", url);

        assertThat(status(cluster, "operator.service-url")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "https://osmo.example.com, PASS",
        "http://osmo.example.com, FAIL",
        "http://osmo-gateway.osmo.svc.cluster.local, WARN",
        "http://osmo-gateway.osmo.svc.corp.example:8080, WARN"
    })
    void without_a_spec_the_operator_tells_whether_its_token_travels_in_clear(String url, Status status) {
        Cluster cluster = Clusters.goodEks();
        cluster.expectations = Expectations.ofAnyBackend();
        for (String part : List.of("listener", "worker")) {
            cluster.flag("osmo-osmo-backend-" + part, "host", url);
        }

        assertThat(status(cluster, "security.tls-service-url")).isEqualTo(status);
        assertThat(status(cluster.blind("deployments"), "security.tls-service-url"))
                .isEqualTo(Status.UNKNOWN);
    }

    /** Helm records no release of a chart that asks for a kind that is not served: one that failed did so for another reason. */
    @Test
    void a_release_that_failed_says_nothing_of_a_kind_that_is_not_installed() {
        Cluster cluster = Clusters.goodEks();
        cluster.crds.remove(7);
        cluster.releases.set(0, new HelmReleaseFacts("osmo-operator", "osmo", 3, "failed"));

        assertThat(status(cluster, "operator.podmonitor-crd")).isEqualTo(Status.SKIPPED);
        assertThat(finding(cluster, "operator.helm-release").next())
                .isEqualTo("helm history osmo -n osmo-operator; helm rollback osmo -n osmo-operator");
    }

    @Test
    void what_to_do_about_a_namespace_depends_on_whether_it_is_missing_or_ends() {
        Cluster missing = Clusters.goodEks();
        missing.namespaces.remove(2);
        Cluster ends = Clusters.goodEks();
        ends.namespaces.set(2, Clusters.namespace("osmo-workflows", "u2", "Terminating"));

        assertThat(finding(missing, "operator.namespaces").next()).isEqualTo("kubectl create namespace osmo-workflows");
        assertThat(finding(ends, "operator.namespaces").next())
                .contains("kubectl get namespace osmo-workflows")
                .contains("finalizers");
    }
}
