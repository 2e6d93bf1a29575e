// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * All emulated clouds on one virtual clock, for the tests of a host application. No credentials, no network beyond 127.0.0.1, no
 * sleeping: what takes the cloud half an hour takes the test a moment, and the same test does the same in every run.
 *
 * <pre>{@code
 * class FleetTest {
 *     @Test
 *     void a_backend_survives_a_lost_response() {
 *         try (EmulatedClouds clouds = EmulatedClouds.create();
 *                 OsmoBackends osmo = clouds.open()) {
 *             clouds.aws().faults().onCall("eks:CreateCluster").nth(1).loseResponse();
 *
 *             osmo.apply(osmo.plan(spec));
 *
 *             assertThat(osmo.plan(spec).isEmpty()).isTrue();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>One thread at a time may drive an {@link OsmoBackends} on virtual time.
 */
public final class EmulatedClouds implements AutoCloseable {
    private final VirtualTime time;
    private final EmulatedAws aws;

    private EmulatedClouds(VirtualTime time, EmulatedAws aws) {
        this.time = time;
        this.aws = aws;
    }

    /** Clouds with default limits, on 2026-11-24. */
    public static EmulatedClouds create() {
        return create(aws -> aws);
    }

    /** Clouds with an AWS account that is set up further, such as {@code aws -> aws.quota("L-F678F1CE", 50)}. */
    public static EmulatedClouds create(UnaryOperator<EmulatedAws.Builder> account) {
        VirtualTime time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
        return new EmulatedClouds(time, account.apply(EmulatedAws.builder(time)).build());
    }

    /** The clock that everything runs on. */
    public VirtualTime time() {
        return time;
    }

    public EmulatedAws aws() {
        return aws;
    }

    /** A new entry point to these clouds, as a new process of the host would make. */
    public OsmoBackends open() {
        return open(host -> host);
    }

    /** Like {@link #open()}, set up further, such as {@code host -> host.secrets(vault::read)}. */
    public OsmoBackends open(UnaryOperator<OsmoBackends.Builder> host) {
        return host.apply(OsmoBackends.builder().provider(new AwsProvider(aws)).scheduler(time))
                .build();
    }

    @Override
    public void close() {
        aws.close();
        time.close();
    }
}
