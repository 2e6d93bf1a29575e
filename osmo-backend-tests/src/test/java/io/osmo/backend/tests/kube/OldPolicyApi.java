// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.cluster.ClusterAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Stands before an API server that has the policy API as {@code v1beta1} only, and lets it speak {@code v1}: what a drain uses of both
 * is the same. Everything else passes unchanged.
 */
final class OldPolicyApi implements AutoCloseable {
    private final ClusterAccess behind;
    private final HttpClient http;
    private final HttpServer server;
    private final List<String> answers = new CopyOnWriteArrayList<>();

    OldPolicyApi(ClusterAccess behind) {
        this.behind = behind;
        try {
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(trusting(behind.caCertificate().orElseThrow()))
                    .build();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private static SSLContext trusting(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The access of the same user by way of this. */
    ClusterAccess access() {
        URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ClusterAccess(behind.name(), here, Optional.empty(), behind.tokens());
    }

    /** What the server has answered to evictions, such as {@code 429}. */
    List<String> evictions() {
        return answers;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = exchange.getRequestURI().toString();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            HttpResponse<String> answer = forward(exchange, asked, body);
            if (asked.endsWith("/eviction")) {
                answers.add(String.valueOf(answer.statusCode()));
            }
            byte[] bytes =
                    answer.body().replace("\"policy/v1beta1\"", "\"policy/v1\"").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            answer.headers().firstValue("Content-Type").orElse("application/json"));
            exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private HttpResponse<String> forward(HttpExchange exchange, String asked, String body) throws IOException {
        URI there = behind.endpoint().resolve(asked.replace("/apis/policy/v1/", "/apis/policy/v1beta1/"));
        String translated = body.replace("\"policy/v1\"", "\"policy/v1beta1\"");
        List<String> headers = new ArrayList<>();
        for (String name : List.of("Authorization", "Content-Type", "Accept", "User-Agent")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> headers.addAll(List.of(name, value)));
        }
        HttpRequest request = HttpRequest.newBuilder(there)
                .method(
                        exchange.getRequestMethod(),
                        translated.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(translated))
                .headers(headers.toArray(String[]::new))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
