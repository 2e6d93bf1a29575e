// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.osmo.backend.cluster.ClusterAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of the JDK that all clusters share, so that a thousand of them cost one selector thread and at most
 * {@value #WORKERS} workers rather than some for each. It lives as long as a cluster uses it. Safe for concurrent use.
 *
 * <p>An endpoint keeps its first certificate authority: a pooled connection was verified with that one and must not be used by
 * callers who trust another. A caller with another certificate authority does not share this client and opens its own.
 */
public final class SharedHttp {
    /** What comes in is short work, none of which waits for other work in the same pool. */
    private static final int WORKERS = 8;

    private static final Duration CONNECT = Duration.ofMillis(2_000);
    private static final SharedHttp INSTANCE = new SharedHttp();

    private final ThreadPoolExecutor workers;
    private @Nullable Generation current;

    private SharedHttp() {
        AtomicInteger number = new AtomicInteger();
        workers = new ThreadPoolExecutor(WORKERS, WORKERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "osmo-kubernetes-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        workers.allowCoreThreadTimeOut(true);
    }

    public static SharedHttp instance() {
        return INSTANCE;
    }

    /** A client of its own, which shares the workers only; idle ones end after ten seconds. */
    public HttpClient.Builder builder() {
        return builder(workers);
    }

    /**
     * HTTP/2 would carry all lists of a cluster on one connection in frames of 16 KiB, which takes a quarter longer where they are
     * large (docs/benchmarks.md).
     */
    private static HttpClient.Builder builder(Executor workers) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(workers);
    }

    /**
     * A share for a cluster; empty when its endpoint is known with another certificate authority.
     *
     * @throws IllegalArgumentException if the certificate authority is no certificate
     */
    public synchronized Optional<Share> share(ClusterAccess cluster) {
        if (current == null) {
            current = new Generation(workers);
        }
        return current.enter(cluster) ? Optional.of(new Share(current, cluster.endpoint())) : Optional.empty();
    }

    private synchronized void leave(Generation generation, URI endpoint) {
        if (generation.leave(endpoint) && generation == current) {
            // Nothing refers to the client any more; the JDK ends its selector then.
            current = null;
        }
    }

    /** One cluster's right to the client. */
    public final class Share {
        private final Generation generation;
        private final URI endpoint;
        private boolean ended;

        private Share(Generation generation, URI endpoint) {
            this.generation = generation;
            this.endpoint = endpoint;
        }

        public HttpClient client() {
            return generation.client;
        }

        /** Ends it, once. */
        public synchronized void end() {
            if (!ended) {
                ended = true;
                leave(generation, endpoint);
            }
        }
    }

    /** A client, from the first cluster that uses it to the last. */
    private static final class Generation {
        private final EndpointTrust trust = new EndpointTrust();
        private final HttpClient client;
        private final Map<URI, Optional<String>> authorities = new HashMap<>();
        private final Map<URI, Integer> users = new HashMap<>();

        private Generation(Executor workers) {
            try {
                SSLContext tls = SSLContext.getInstance("TLS");
                tls.init(null, new TrustManager[] {trust}, null);
                client = builder(workers)
                        .connectTimeout(CONNECT)
                        .sslContext(tls)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .build();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform has no TLS", e);
            }
        }

        private boolean enter(ClusterAccess cluster) {
            Optional<String> authority = cluster.caCertificate();
            if (!authorities.getOrDefault(cluster.endpoint(), authority).equals(authority)) {
                return false;
            }
            if (authority.isPresent()) {
                try {
                    trust.add(cluster.endpoint(), authority.get());
                } catch (GeneralSecurityException | IOException e) {
                    throw new IllegalArgumentException(
                            "the certificate authority of cluster " + cluster.name() + " is no certificate", e);
                }
            }
            authorities.put(cluster.endpoint(), authority);
            users.merge(cluster.endpoint(), 1, Integer::sum);
            return true;
        }

        /** Whether it was the last. */
        private boolean leave(URI endpoint) {
            if (users.merge(endpoint, -1, Integer::sum) == 0) {
                users.remove(endpoint);
                trust.remove(endpoint);
            }
            return users.isEmpty();
        }
    }
}
