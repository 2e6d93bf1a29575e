// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import org.junit.jupiter.api.Test;

class NamespacesTest {
    @Test
    void missing_and_terminating_namespaces_have_different_remedies() {
        Cluster missing = Clusters.goodEks();
        missing.namespaces.remove(2);
        Cluster ends = Clusters.goodEks();
        ends.namespaces.set(2, KubeObjects.namespace("osmo-workflows", "u2", "Terminating"));

        assertThat(finding(missing, "operator.namespaces").next()).isEqualTo("kubectl create namespace osmo-workflows");
        assertThat(finding(ends, "operator.namespaces").next())
                .contains("kubectl get namespace osmo-workflows")
                .contains("finalizers");
    }
}
