// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.Operation;
import com.google.container.v1.Operation.Type;
import com.google.rpc.Status;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.spi.provider.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolOperationsTest {
    private static final String POOLS =
            "https://container.googleapis.com/v1/projects/1/locations/us-central1/clusters/train/nodePools/";

    private static Operation.Builder ended(Type type, String time) {
        return Operation.newBuilder()
                .setOperationType(type)
                .setStatus(Operation.Status.DONE)
                .setTargetLink(POOLS + "gpu")
                .setEndTime(time);
    }

    private static Operation failed(Type type, String time, String message) {
        return ended(type, time)
                .setError(Status.newBuilder().setMessage(message))
                .build();
    }

    private static Optional<Statement> failure(Operation... operations) {
        return PoolOperations.of(
                        new ObservedCluster(Cluster.getDefaultInstance(), List.of(operations)),
                        NodePool.newBuilder().setName("gpu").build())
                .failure();
    }

    @Test
    void the_newest_failure_is_named_with_its_time_whatever_the_digits_of_its_second() {
        assertThat(failure(
                        failed(Type.CREATE_NODE_POOL, "2026-11-01T10:00:00Z", "older"),
                        failed(Type.SET_NODE_POOL_SIZE, "2026-11-01T10:00:00.5Z", "newer")))
                .contains(new Statement("operation of 2026-11-01T10:00:00.5Z", "", "newer"));
    }

    @Test
    void machines_that_have_started_since_make_a_failure_good() {
        Operation failed = failed(Type.CREATE_NODE_POOL, "2026-11-01T10:00:00Z", "no quota");

        assertThat(failure(
                        failed,
                        ended(Type.SET_NODE_POOL_SIZE, "2026-11-02T10:00:00Z").build()))
                .isEmpty();
        assertThat(failure(
                        failed,
                        ended(Type.SET_NODE_POOL_SIZE, "2026-10-31T10:00:00Z").build()))
                .isPresent();
    }

    /** New labels need no machine. */
    @Test
    void another_kind_of_change_makes_nothing_good() {
        assertThat(failure(
                        failed(Type.SET_NODE_POOL_SIZE, "2026-11-01T10:00:00Z", "no quota"),
                        ended(Type.SET_LABELS, "2026-11-02T10:00:00Z").build()))
                .isPresent();
        assertThat(failure(
                        failed(Type.SET_LABELS, "2026-11-01T10:00:00Z", "not allowed"),
                        ended(Type.SET_LABELS, "2026-11-02T10:00:00Z").build()))
                .isEmpty();
    }

    @Test
    void what_runs_or_is_about_another_pool_says_nothing() {
        Operation running = ended(Type.SET_NODE_POOL_SIZE, "2026-11-02T10:00:00Z")
                .setStatus(Operation.Status.RUNNING)
                .build();
        Operation other = ended(Type.SET_NODE_POOL_SIZE, "2026-11-02T10:00:00Z")
                .setTargetLink(POOLS + "other-gpu")
                .build();

        assertThat(failure(failed(Type.SET_NODE_POOL_SIZE, "2026-11-01T10:00:00Z", "no quota"), running, other))
                .isPresent();
        assertThat(failure(running, other)).isEmpty();
    }
}
