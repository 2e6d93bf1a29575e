// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerificationWatchTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final VirtualTime time = VirtualTime.create();
    private final List<VerificationChange> changes = new ArrayList<>();
    private final AtomicInteger verifications = new AtomicInteger();
    private Supplier<Cluster> cluster = Clusters::goodEks;

    @AfterEach
    void close() {
        time.close();
    }

    private Report verify() {
        verifications.incrementAndGet();
        return BackendVerifier.standard().verify(cluster.get().snapshot());
    }

    private VerificationWatch watch() {
        return VerificationWatch.start(time, INTERVAL, this::verify, changes::add);
    }

    @Test
    void an_equal_verification_is_not_reported_again() {
        try (VerificationWatch watch = watch()) {
            time.advance(INTERVAL.multipliedBy(3).plusMinutes(1));

            assertThat(verifications).hasValue(4);
            assertThat(changes)
                    .singleElement()
                    .satisfies(c -> assertThat(c.verdictChanged()).isTrue());
            assertThat(watch.last()).isPresent();
        }
    }

    @Test
    void only_changes_are_reported() {
        try (VerificationWatch watch = watch()) {
            time.advance(Duration.ofMinutes(1));
            cluster = () -> Clusters.goodEks().node("cpu-0", n -> n.runtime = "containerd://1.7.24");
            time.advance(INTERVAL);
            cluster = Clusters::goodEks;
            time.advance(INTERVAL);
        }

        assertThat(changes).hasSize(3);
        assertThat(changes.get(1).findings()).extracting(Finding::check).containsExactly("runtime.containerd-version");
        assertThat(changes.get(1).verdictChanged()).isTrue();
        assertThat(changes.get(2).findings()).extracting(Finding::status).containsExactly(Status.PASS);
        assertThat(changes)
                .extracting(VerificationChange::toString)
                .containsExactly(
                        "train-west: PASSED",
                        "train-west: PASSED -> FAILED\n  FAIL runtime.containerd-version: containerd://1.7.24 (1 of 6"
                                + " containerd nodes)",
                        "train-west: FAILED -> PASSED\n  PASS runtime.containerd-version: all 6 containerd nodes");
    }

    @Test
    void a_verification_or_a_listener_that_throws_does_not_end_the_watch() {
        cluster = () -> {
            if (verifications.get() == 2) {
                throw new IllegalStateException("planted");
            }
            return Clusters.goodEks();
        };
        try (VerificationWatch watch = VerificationWatch.start(time, INTERVAL, this::verify, change -> {
            changes.add(change);
            throw new IllegalStateException("planted");
        })) {
            time.advance(INTERVAL.multipliedBy(2).plusMinutes(1));
        }

        assertThat(verifications).hasValue(3);
        assertThat(changes).hasSize(1);
    }

    @Test
    void after_close_nothing_starts() {
        watch().close();

        time.advance(INTERVAL.multipliedBy(5));

        assertThat(verifications).hasValueLessThanOrEqualTo(1);
        assertThat(changes).isEmpty();
    }

    @Test
    void an_interval_is_more_than_zero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationWatch.start(time, Duration.ZERO, this::verify, changes::add));
    }
}
