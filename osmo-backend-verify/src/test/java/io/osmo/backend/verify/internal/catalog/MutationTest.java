// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One small defect in a good cluster of each cloud is found by exactly the checks that are about it, and by no other. */
class MutationTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();
    private static final List<Mutation> MUTATIONS = Stream.of(
                    NodeMutations.ALL, ClusterMutations.ALL, StackMutations.ALL, OsmoMutations.ALL)
            .flatMap(List::stream)
            .toList();

    @Test
    void there_are_150_mutations_or_more() {
        assertThat(a_mutation_is_found_by_exactly_the_checks_that_are_about_it().count())
                .isGreaterThanOrEqualTo(150);
    }

    @TestFactory
    Stream<DynamicTest> a_mutation_is_found_by_exactly_the_checks_that_are_about_it() {
        return Mutation.CLOUDS.entrySet().stream()
                .flatMap(cloud -> MUTATIONS.stream()
                        .filter(mutation -> mutation.clouds().contains(cloud.getKey()))
                        .map(mutation -> DynamicTest.dynamicTest(cloud.getKey() + ": " + mutation.name(), () -> {
                            Cluster cluster = cloud.getValue().get();
                            mutation.defect().accept(cluster);

                            assertThat(failures(cluster)).isEqualTo(mutation.found());
                        })));
    }

    private static Map<String, Status> failures(Cluster cluster) {
        return VERIFIER.verify(cluster.snapshot()).findings().stream()
                .filter(f -> Set.of(FAIL, WARN, UNKNOWN).contains(f.status()))
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }
}
