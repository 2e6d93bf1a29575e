// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    private final EmulatedAzure azure;
    private final UnaryOperator<EmulatedGcp.Builder> project;
    private @Nullable EmulatedGcp gcp;

    private EmulatedClouds(Builder builder) {
        this.time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
        this.aws = builder.account.apply(EmulatedAws.builder(time)).build();
        this.azure = builder.subscription.apply(EmulatedAzure.builder(time)).build();
        this.project = builder.project;
    }

    /** Clouds with default limits, on 2026-11-24. */
    public static EmulatedClouds create() {
        return builder().build();
    }

    /** Clouds with an AWS account that is set up further, such as {@code aws -> aws.quota("L-F678F1CE", 50)}. */
    public static EmulatedClouds create(UnaryOperator<EmulatedAws.Builder> account) {
        return builder().aws(account).build();
    }

    /** Clouds that are set up further, such as {@code builder().gcp(p -> p.quota("NVIDIA_T4_GPUS", 0)).build()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** What of the clouds can be chosen. */
    public static final class Builder {
        private UnaryOperator<EmulatedAws.Builder> account = aws -> aws;
        private UnaryOperator<EmulatedAzure.Builder> subscription = azure -> azure;
        private UnaryOperator<EmulatedGcp.Builder> project = gcp -> gcp;

        private Builder() {}

        /** The account of AWS. */
        public Builder aws(UnaryOperator<EmulatedAws.Builder> how) {
            account = how;
            return this;
        }

        /** The subscription of Azure. */
        public Builder azure(UnaryOperator<EmulatedAzure.Builder> how) {
            subscription = how;
            return this;
        }

        /** The project of Google Cloud. */
        public Builder gcp(UnaryOperator<EmulatedGcp.Builder> how) {
            project = how;
            return this;
        }

        public EmulatedClouds build() {
            return new EmulatedClouds(this);
        }
    }

    /** The clock that everything runs on. */
    public VirtualTime time() {
        return time;
    }

    public EmulatedAws aws() {
        return aws;
    }

    public EmulatedAzure azure() {
        return azure;
    }

    /** Made when first asked for: Google's descriptions take a second to load. */
    public synchronized EmulatedGcp gcp() {
        if (gcp == null) {
            gcp = project.apply(EmulatedGcp.builder(time)).build();
        }
        return gcp;
    }

    /** A new entry point to these clouds, as a new process of the host would make. */
    public OsmoBackends open() {
        return open(host -> host);
    }

    /** Like {@link #open()}, set up further, such as {@code host -> host.secrets(vault::read)}. */
    public OsmoBackends open(UnaryOperator<OsmoBackends.Builder> host) {
        return host.apply(OsmoBackends.builder()
                        .provider(new AwsProvider(aws))
                        .provider(new AzureProvider(azure))
                        .provider(new GcpProvider((region, settings) -> gcp().open(region, settings)))
                        .scheduler(time))
                .build();
    }

    @Override
    public synchronized void close() {
        aws.close();
        azure.close();
        if (gcp != null) {
            gcp.close();
        }
        time.close();
    }
}
