// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenSecretTest {
    /** As OSMO's own script installs it, judged without a spec. */
    @Test
    void the_token_is_read_where_the_operator_mounts_it() {
        Cluster cluster = Clusters.goodEks();
        for (String part : List.of("listener", "worker")) {
            cluster.change(
                    "osmo-osmo-backend-" + part, d -> KubeObjects.with(d, mounting(d, "osmo-operator-token", "token")));
        }
        SecretFacts token = cluster.secrets.remove(2);
        assertThat(finding(cluster, "operator.token-secret").observed())
                .isEqualTo("secret/osmo-operator/osmo-operator-token is missing");

        cluster.secrets.add(new SecretFacts(
                token.namespace(),
                "osmo-operator-token",
                token.type(),
                token.keys(),
                token.registries(),
                token.token()));

        assertThat(finding(cluster, "operator.token-secret").status()).isEqualTo(PASS);
        assertThat(finding(cluster, "operator.token-format").status()).isEqualTo(PASS);

        cluster.change(
                "osmo-osmo-backend-listener", d -> KubeObjects.with(d, mounting(d, "osmo-operator-token", "jwt")));
        assertThat(finding(cluster, "operator.token-secret").observed()).contains("has no entry 'jwt'");
        assertThat(finding(cluster, "operator.token-format").status()).isEqualTo(SKIPPED);
    }

    private static TemplateFacts mounting(WorkloadFacts deployment, String secret, String key) {
        TemplateFacts t = deployment.template().orElseThrow();
        return new TemplateFacts(
                t.serviceAccount(),
                t.nodeSelector(),
                t.tolerations(),
                t.pullSecrets(),
                t.containers(),
                Fact.of(List.of(new TemplateFacts.SecretVolume("osmo-secret", secret, List.of(key)))),
                t.current());
    }
}
