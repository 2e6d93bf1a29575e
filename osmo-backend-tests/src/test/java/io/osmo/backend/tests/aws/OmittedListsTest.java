// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A target that has no answer for the lists of a cluster that does not exist is not asked for them. */
class OmittedListsTest {
    private static List<String> calls(EksFeature... omitted) throws Exception {
        VirtualTime time = VirtualTime.seeded(1);
        EksSettings settings = EksSettings.builder().omit(omitted).build();
        try (EmulatedAws aws = EmulatedAws.on(time);
                CloudSession session = new AwsProvider(aws).open("us-west-2", Optional.of(settings), time)) {
            time.await(
                    session.observe(new BackendRef("aws", "us-west-2", "train"), Optional.empty()),
                    Duration.ofMinutes(5));
            return aws.calls().stream().map(call -> call.operation()).toList();
        }
    }

    @Test
    void node_groups_are_listed_beside_the_cluster() throws Exception {
        assertThat(calls()).contains("eks:ListNodegroups").containsOnlyOnce("eks:DescribeCluster");
    }

    @Test
    void node_groups_of_no_cluster_are_not_listed_where_that_is_omitted() throws Exception {
        assertThat(calls(EksFeature.LISTS_OF_ABSENT_CLUSTER)).doesNotContain("eks:ListNodegroups");
    }
}
