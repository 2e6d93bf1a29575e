// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.diagnosis.PoolDiagnosis;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One backend of one cloud, on which causes are planted one after the other: plant it, let the pool grow as the autoscaler does, diagnose,
 * take it back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlantedCauses {
    static final String NAME = "train-west";

    /** Longer than any cloud takes to launch a machine, or to see that it does not join. */
    static final Duration A_WHILE = Duration.ofMinutes(12);

    /** The pool that grows. */
    static final String POOL = "burst";

    final EmulatedClouds clouds = clouds();
    final OsmoBackends osmo = clouds.open();

    /**
     * A cause that somebody plants by hand.
     *
     * @param nodes how many nodes the pool asks for
     */
    record Planted(String cause, int nodes, Action plant, Action heal) {
        Planted(String cause, Action plant, Action heal) {
            this(cause, 1, plant, heal);
        }

        @Override
        public String toString() {
            return cause;
        }
    }

    @FunctionalInterface
    interface Action {
        void run();
    }

    EmulatedClouds clouds() {
        return EmulatedClouds.create();
    }

    abstract BackendSpec spec();

    abstract List<Planted> planted();

    /** The cloud that the causes are planted in. */
    abstract EmulatedCloud cloud();

    /** A type of machine that no pool has yet. */
    abstract String anotherType();

    /** Leaves no zone of the region with machines of a type. */
    abstract void stockOut(String type);

    /** Lets the pool have this many nodes, as the autoscaler does. */
    abstract void grow(int nodes);

    /** What people do when the cloud does not try again by itself. */
    void tryAgain() {}

    @BeforeAll
    void create() {
        osmo.apply(osmo.plan(spec()));
    }

    Stream<Planted> causes() {
        return planted().stream();
    }

    @ParameterizedTest
    @MethodSource("causes")
    void is_named(Planted planted) {
        planted.plant().run();
        grow(planted.nodes());
        waitFor(A_WHILE);
        PoolDiagnosis found = burst(osmo.diagnose(spec()));
        planted.heal().run();
        tryAgain();
        waitFor(A_WHILE);
        Diagnosis after = osmo.diagnose(spec());
        grow(0);
        waitFor(A_WHILE);

        assertThat(found.cause().map(Cause::id)).as(found.toString()).contains(planted.cause());
        assertThat(found.cause().orElseThrow().text()).endsWith(".");
        assertThat(found.cause().orElseThrow().remedy()).endsWith(".");
        assertThat(Path.of("..", "docs", "diagnosis.md")).content().contains("| `" + planted.cause() + "` |");
        assertThat(found.evidence()).isNotEmpty();
        assertThat(found.unread()).isEmpty();
        assertThat(after.allJoined()).as(after.toString()).isTrue();
    }

    /** The kubelet of a node that has joined and is no longer ready. */
    @ParameterizedTest
    @CsvSource({
        "node-disk-full, FreeDiskSpaceFailed, Failed to garbage collect required amount of images.",
        "node-out-of-memory, SystemOOM, 'System OOM encountered, victim process: python, pid: 4711'"
    })
    void what_a_kubelet_complains_about_is_named(String cause, String reason, String message) {
        grow(0);
        waitFor(A_WHILE);
        Set<String> before = names();
        grow(1);
        waitFor(A_WHILE);
        String node = names().stream()
                .filter(name -> !before.contains(name))
                .findFirst()
                .orElseThrow();
        EmulatedCluster cluster = cloud().cluster(spec().ref());
        cluster.loseNode(node);
        cluster.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Event",
                "metadata",
                Map.of("name", "complaint", "namespace", "default"),
                "type",
                "Warning",
                "reason",
                reason,
                "message",
                message,
                "involvedObject",
                Map.of("kind", "Node", "name", node)));
        PoolDiagnosis found = burst(osmo.diagnose(spec()));
        cluster.remove("Event", "default", "complaint");
        grow(0);
        waitFor(A_WHILE);

        assertThat(found.cause().map(Cause::id)).as(found.toString()).contains(cause);
        assertThat(found.evidence()).contains("event of node " + node + ": " + reason + ": " + message);
        assertThat(Path.of("..", "docs", "diagnosis.md")).content().contains("| `" + cause + "` |");
        assertThat(found.unread()).isEmpty();
    }

    /** What kept a machine away is over when the pool asks for it no more, and explains no node that is there. */
    @Test
    void a_refusal_that_is_over_explains_no_node_that_is_not_ready() {
        Planted refusal = planted().stream()
                .filter(each -> each.cause().endsWith("-forbids"))
                .findFirst()
                .orElseThrow();
        grow(0);
        waitFor(A_WHILE);
        Set<String> before = names();
        grow(1);
        waitFor(A_WHILE);
        Set<String> own = names();
        own.removeAll(before);
        refusal.plant().run();
        grow(2);
        waitFor(A_WHILE);
        PoolDiagnosis during = burst(osmo.diagnose(spec()));
        grow(1);
        refusal.heal().run();
        waitFor(A_WHILE);
        String node = own.stream().filter(names()::contains).findFirst().orElseThrow();
        cloud().cluster(spec().ref()).loseNode(node);
        PoolDiagnosis after = burst(osmo.diagnose(spec()));
        grow(0);
        waitFor(A_WHILE);

        assertThat(during.cause().map(Cause::id)).as(during.toString()).contains(refusal.cause());
        assertThat(after.status()).as(after.toString()).isEqualTo(PoolDiagnosis.Status.UNKNOWN);
        assertThat(after.cause()).as(after.toString()).isEmpty();
    }

    /** Asks the cloud for the cluster anew, so that what is due has happened. */
    private Set<String> names() {
        return cloud().cluster(spec().ref()).nodes().stream()
                .map(EmulatedNode::name)
                .collect(Collectors.toSet());
    }

    @Test
    void an_apply_that_fails_says_why() {
        stockOut(anotherType());
        BackendSpec more = spec().toBuilder()
                .computePool("more", p -> p.instanceType(anotherType()).scale(1, 1))
                .build();

        PartialApplyException failure =
                catchThrowableOfType(PartialApplyException.class, () -> osmo.apply(osmo.plan(more)));

        Diagnosis found = failure.diagnosis().orElseThrow();
        assertThat(found.pools()).extracting(PoolDiagnosis::pool).containsExactly("more");
        assertThat(found.pools().get(0).causedBy(Cause.NO_CAPACITY)).isTrue();
        Cause cause = found.pools().get(0).cause().orElseThrow();
        assertThat(failure)
                .hasMessageContaining("pool more: " + cause.text())
                .hasMessageContaining("> " + cause.remedy());
        assertThat(found.toJson()).contains("\"id\" : \"no-capacity\"", "\"status\" : \"CAUSE_FOUND\"");
        cloud().faults().clear();
        osmo.apply(osmo.plan(spec()), ApplyOptions.defaults().allow(Disruption.OUTAGE));
    }

    /** What many causes are repaired with. */
    final void apply() {
        osmo.apply(osmo.plan(spec()));
    }

    final void waitFor(Duration time) {
        clouds.time().advance(time);
    }

    final PoolDiagnosis burst(Diagnosis diagnosis) {
        return diagnosis.pool(POOL).orElseThrow();
    }

    @AfterAll
    void close() {
        osmo.close();
        clouds.close();
    }
}
