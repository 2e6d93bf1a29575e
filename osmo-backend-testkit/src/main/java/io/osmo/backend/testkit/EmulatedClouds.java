// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.ServiceDefaults;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cloud.ServedCloud;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import io.osmo.backend.testkit.registry.EmulatedRegistries;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * All emulated clouds on one virtual clock, for the tests of a host application. They need no credentials and no network except
 * 127.0.0.1. What takes half an hour in a cloud takes a moment, and every run of a test is the same.
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
 * <p>Each cloud is created when it is first used. Only one thread at a time may use an {@link OsmoBackends} on virtual time.
 */
public final class EmulatedClouds implements AutoCloseable {
    private final VirtualTime time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
    private final Map<String, Function<VirtualTime, EmulatedCloud>> factories;
    private final Map<String, EmulatedCloud> created = new LinkedHashMap<>();
    private final List<ServedClouds> servers = new CopyOnWriteArrayList<>();
    private final EmulatedRegistries registries = new EmulatedRegistries();

    private EmulatedClouds(Builder builder) {
        this.factories = new LinkedHashMap<>(builder.factories);
    }

    /** Clouds with default limits, on 2026-11-24. */
    public static EmulatedClouds create() {
        return builder().build();
    }

    /** Clouds with a configured AWS account, such as {@code aws -> aws.quota("L-F678F1CE", 50)}. */
    public static EmulatedClouds create(UnaryOperator<EmulatedAws.Builder> account) {
        return builder().aws(account).build();
    }

    /** Configures the clouds, as in {@code builder().gcp(p -> p.quota("NVIDIA_T4_GPUS", 0)).build()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The ids of the clouds that have been used so far. */
    @Override
    public synchronized String toString() {
        return "EmulatedClouds" + created.keySet();
    }

    /** Configures the emulated clouds. Not safe for concurrent use. */
    public static final class Builder {
        private final Map<String, Function<VirtualTime, EmulatedCloud>> factories = new LinkedHashMap<>();

        private Builder() {
            cloud(AwsProvider.ID, EmulatedAws::on);
            cloud(AzureProvider.ID, EmulatedAzure::on);
            cloud(GcpProvider.ID, EmulatedGcp::on);
            cloud(ExistingProvider.ID, EmulatedExisting::on);
        }

        /**
         * Adds a cloud, or replaces the one with this id.
         *
         * @param id provider id
         */
        public Builder cloud(String id, Function<VirtualTime, EmulatedCloud> factory) {
            factories.put(id, factory);
            return this;
        }

        /** Configures the AWS account. */
        public Builder aws(UnaryOperator<EmulatedAws.Builder> how) {
            return cloud(
                    AwsProvider.ID, time -> how.apply(EmulatedAws.builder(time)).build());
        }

        /** Configures the Azure subscription. */
        public Builder azure(UnaryOperator<EmulatedAzure.Builder> how) {
            return cloud(
                    AzureProvider.ID,
                    time -> how.apply(EmulatedAzure.builder(time)).build());
        }

        /** Configures the Google Cloud project. */
        public Builder gcp(UnaryOperator<EmulatedGcp.Builder> how) {
            return cloud(
                    GcpProvider.ID, time -> how.apply(EmulatedGcp.builder(time)).build());
        }

        public EmulatedClouds build() {
            return new EmulatedClouds(this);
        }
    }

    /** The virtual clock of all clouds. */
    public VirtualTime time() {
        return time;
    }

    /**
     * A cloud by its provider id.
     *
     * @throws IllegalArgumentException if there is none with this id
     */
    public synchronized EmulatedCloud cloud(String id) {
        Function<VirtualTime, EmulatedCloud> factory = factories.get(id);
        if (factory == null) {
            throw new IllegalArgumentException("no emulated cloud " + id + ", only " + factories.keySet());
        }
        return created.computeIfAbsent(id, key -> factory.apply(time));
    }

    public EmulatedAws aws() {
        return (EmulatedAws) cloud(AwsProvider.ID);
    }

    public EmulatedAzure azure() {
        return (EmulatedAzure) cloud(AzureProvider.ID);
    }

    public EmulatedGcp gcp() {
        return (EmulatedGcp) cloud(GcpProvider.ID);
    }

    /** The image registries that a preflight asks. */
    public EmulatedRegistries registries() {
        return registries;
    }

    /** A new entry point to these clouds, as a new process of the host would open it. */
    public OsmoBackends open() {
        return open(host -> host);
    }

    /** Like {@link #open()}, with further configuration, such as {@code host -> host.secrets(vault::read)}. */
    public OsmoBackends open(UnaryOperator<OsmoBackends.Builder> host) {
        OsmoBackends.Builder builder = OsmoBackends.builder().scheduler(time).registries(registries);
        factories
                .keySet()
                .forEach(id -> builder.provider(new OnDemand(id, () -> cloud(id).provider())));
        return host.apply(builder).build();
    }

    /** Like {@link #serve(Duration)}, with 30 seconds for each request. */
    public ServedClouds serve() {
        return serve(Duration.ofSeconds(30));
    }

    /**
     * Answers HTTP on free ports of 127.0.0.1 as the endpoints of the clouds do, for another process, another language or {@code curl}.
     * It accepts any credentials, but requires some.
     *
     * @param perRequest virtual time that passes with each request, so that a polling client sees progress; none passes while this
     *     process drives the clock itself
     */
    public ServedClouds serve(Duration perRequest) {
        Map<String, ServedCloud> served = new LinkedHashMap<>();
        try {
            factories.keySet().forEach(id -> cloud(id).serve(perRequest).ifPresent(cloud -> served.put(id, cloud)));
        } catch (RuntimeException e) {
            served.values().forEach(ServedCloud::close);
            throw e;
        }
        ServedClouds all = new ServedClouds(served);
        servers.add(all);
        return all;
    }

    /** Closes all clouds and stops their servers. */
    @Override
    public synchronized void close() {
        servers.forEach(ServedClouds::close);
        created.values().forEach(EmulatedCloud::close);
        time.close();
    }

    /** A provider whose cloud is created when it is first used: Google's descriptions take a second to load. */
    private record OnDemand(String id, Supplier<CloudProvider> provider) implements CloudProvider {
        @Override
        public List<Violation> validate(BackendSpec spec) {
            return provider.get().validate(spec);
        }

        @Override
        public Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems) {
            return provider.get().readSettings(data, problems);
        }

        @Override
        public Permissions permissions(BackendSpec spec, Use use) {
            return provider.get().permissions(spec, use);
        }

        @Override
        public Permissions permissions(Plan plan) {
            return provider.get().permissions(plan);
        }

        @Override
        public ServiceDefaults defaults() {
            return provider.get().defaults();
        }

        @Override
        public CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler) {
            return provider.get().open(region, settings, scheduler);
        }
    }
}
