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
 * Endpoints of the services of Google Cloud, with the project and the credentials to call them. Immutable. The suppliers are not
 * called before the first client is built.
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
     * A builder for a target.
     *
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

    /** Builds a target. Endpoints that are not set are Google's own. Not safe for concurrent use. */
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

        /** A channel to a gRPC service, such as an in-process server. It is closed with the clients. */
        public Builder channel(GcpService service, ManagedChannel channel) {
            channels.put(service, channel);
            return this;
        }

        /**
         * The client for HTTP services, such as one with a proxy. It is not closed with the clients. Default: one that all sessions
         * share.
         */
        public Builder http(HttpClient client) {
            http = Optional.of(client);
            return this;
        }

        /**
         * Maximum number of attempts for a read, at least 1; default 4, with increasing delays in real time. Use 1 with virtual
         * time.
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
