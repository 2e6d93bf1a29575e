// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.AdmissionPolicyFacts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionPoliciesTest {
    private static Finding judged(AdmissionPolicyFacts... policies) {
        Cluster cluster = Clusters.goodEks();
        cluster.admissionPolicies.addAll(List.of(policies));
        return finding(cluster, "security.admission-policies");
    }

    @Test
    void a_policy_that_refuses_every_pod_fails() {
        Finding finding =
                judged(KubeObjects.admissionPolicy("freeze", true), KubeObjects.admissionPolicy("images", false));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.observed()).isEqualTo("freeze refuses every pod in osmo-workflows");
        assertThat(finding.resources()).containsExactly("validatingadmissionpolicy/freeze");
    }

    /** Which pods it refuses is not known, so it does not pass. */
    @Test
    void a_policy_with_expressions_is_unknown() {
        Finding finding =
                judged(KubeObjects.admissionPolicy("images", false), KubeObjects.admissionPolicy("a-limits", false));

        assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
        assertThat(finding.observed())
                .isEqualTo("what is denied in osmo-workflows by a-limits, images is not evaluated here");
        assertThat(finding.next()).contains("--dry-run=server");
    }

    @Test
    void a_policy_for_other_namespaces_does_not_matter() {
        assertThat(judged(new AdmissionPolicyFacts("others", "b", Fact.of(Set.of()), true))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void a_policy_is_unknown_while_the_labels_of_the_namespaces_are() {
        assertThat(judged(new AdmissionPolicyFacts("freeze", "b", Fact.unknown("403 on namespaces"), true)))
                .satisfies(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.UNKNOWN);
                    assertThat(finding.observed()).isEqualTo("403 on namespaces");
                });
    }
}
