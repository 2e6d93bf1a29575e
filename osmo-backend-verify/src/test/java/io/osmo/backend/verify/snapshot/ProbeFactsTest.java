// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.fixture.ProbeResults;
import org.junit.jupiter.api.Test;

class ProbeFactsTest {
    @Test
    void results_are_compared_without_measurements() {
        ClusterSnapshot before = new ProbeResults().snapshot();
        ProbeResults later = new ProbeResults();
        later.change("/api/version", ProbeResults.ahead(3));
        later.scaleUps.set(0, new ScaleUpFacts("burst", Fact.of(new ScaleUpFacts.Outcome(true, 120, ""))));
        later.volumes.set(1, new VolumeProbeFacts("us-west-2b", Fact.of("quota exceeded")));

        assertThat(ClusterSnapshot.fromJson(before.toJson())).isEqualTo(before);
        assertThat(later.snapshot().changesSince(before))
                .extracting(SnapshotChange::path)
                .containsExactly("probes/volumes/us-west-2b/refusal");
    }
}
