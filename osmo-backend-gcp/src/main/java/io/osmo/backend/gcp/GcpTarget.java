// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import com.google.auth.Credentials;
import io.grpc.ManagedChannel;
import io.osmo.backend.gcp.internal.client.SharedThreads;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Endpoints of the services of Google Cloud, with the project and the credentials to call them. Immutable. Suppliers are called
 * when the first client is built, not before.
 */
public final class GcpTarget {
    private static final int DEFAULT_ATTEMPTS = 4;

    private final Supplier<String> project;
    private final Supplier<Credentials> credentials;
    private final Map<GcpService, URI> endpoints;
    private final Map<GcpService, ManagedChannel> channels;
    private final Optional<HttpClient> http;
    private final int attempts;

    private GcpTarget(Builder builder) {
        project = builder.project;
        credentials = builder.credentials;
        endpoints = new EnumMap<>(builder.endpoints);
        channels = new EnumMap<>(builder.channels);
        http = builder.http;
        attempts = builder.attempts;
    }

    /**
     * @param project id of the project
     * @param credentials such as {@code GoogleCredentials.getApplicationDefault()}
     */
    public static Builder builder(Supplier<String> project, Supplier<Credentials> credentials) {
        return new Builder(project, credentials);
    }

    String project() {
        return project.get();
    }

    Credentials credentials() {
        return credentials.get();
    }

    URI endpoint(GcpService service) {
        return endpoints.getOrDefault(service, service.standardEndpoint());
    }

    Optional<ManagedChannel> channel(GcpService service) {
        return Optional.ofNullable(channels.get(service));
    }

    HttpClient http() {
        return http.orElseGet(SharedThreads::http);
    }

    int attempts() {
        return attempts;
    }

    /** Builds a target; endpoints that are not given are Google's own. */
    public static final class Builder {
        private final Supplier<String> project;
        private final Supplier<Credentials> credentials;
        private final Map<GcpService, URI> endpoints = new EnumMap<>(GcpService.class);
        private final Map<GcpService, ManagedChannel> channels = new EnumMap<>(GcpService.class);
        private Optional<HttpClient> http = Optional.empty();
        private int attempts = DEFAULT_ATTEMPTS;

        private Builder(Supplier<String> project, Supplier<Credentials> credentials) {
            this.project = project;
            this.credentials = credentials;
        }

        /**
         * Endpoint of a service: {@code https://host} or {@code https://host:port}; {@code http} means no TLS, for gRPC services
         * too.
         */
        public Builder endpoint(GcpService service, URI endpoint) {
            endpoints.put(service, endpoint);
            return this;
        }

        /** A channel to a gRPC service, such as one in the same process. It is closed with the clients. */
        public Builder channel(GcpService service, ManagedChannel channel) {
            channels.put(service, channel);
            return this;
        }

        /**
         * The client for services that speak HTTP, such as one with a proxy of its own. It is not closed with the clients. Default: one
         * that all sessions share.
         */
        public Builder http(HttpClient client) {
            http = Optional.of(client);
            return this;
        }

        /**
         * How often a reading call is tried, at least 1; default 4, with growing pauses of real time between them. On virtual
         * time use 1.
         */
        public Builder attempts(int attempts) {
            if (attempts < 1) {
                throw new IllegalArgumentException("attempts is " + attempts + ", must be at least 1");
            }
            this.attempts = attempts;
            return this;
        }

        public GcpTarget build() {
            return new GcpTarget(this);
        }
    }
}
