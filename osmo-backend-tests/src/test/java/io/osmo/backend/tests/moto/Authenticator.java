// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What EKS puts in front of its API servers: a token webhook that takes a presigned {@code sts:GetCallerIdentity} for one
 * cluster, performs it, and lets the caller in under the ARN that STS names. STS is moto's here.
 *
 * @see <a href="https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster">the rules
 *     of aws-iam-authenticator</a>
 */
final class Authenticator implements AutoCloseable {
    private static final String PREFIX = "k8s-aws-v1.";
    private static final String CLUSTER_HEADER = "x-k8s-aws-id";
    private static final Pattern ARN = Pattern.compile("<Arn>([^<]+)</Arn>");

    private final URI sts;
    private final String cluster;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    final List<String> admitted = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();

    Authenticator(URI sts, String cluster) {
        this.sts = sts;
        this.cluster = cluster;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::review);
        server.start();
    }

    /** Flags of a kube-apiserver that asks here. */
    String flags(Path directory) {
        try {
            Path config = directory.resolve("webhook.yaml");
            Files.writeString(config, """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: sts, cluster: {server: "http://127.0.0.1:%d/"}}]
                    users: [{name: apiserver}]
                    contexts: [{name: webhook, context: {cluster: sts, user: apiserver}}]
                    current-context: webhook
                    """.formatted(server.getAddress().getPort()));
            return "--authentication-token-webhook-version=v1 --authentication-token-webhook-config-file=" + config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void review(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = json.readTree(exchange.getRequestBody());
            Map<String, Object> status;
            try {
                String arn = arn(request.path("spec").path("token").asText());
                admitted.add(arn);
                status = Map.of(
                        "authenticated", true, "user", Map.of("username", arn, "groups", List.of("system:masters")));
            } catch (IllegalArgumentException e) {
                refused.add(String.valueOf(e.getMessage()));
                status = Map.of("authenticated", false, "error", String.valueOf(e.getMessage()));
            }
            byte[] answer = json.writeValueAsBytes(
                    Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenReview", "status", status));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String arn(String token) throws IOException {
        require(token.startsWith(PREFIX), "not a token of " + PREFIX);
        URI presigned = URI.create(
                new String(Base64.getUrlDecoder().decode(token.substring(PREFIX.length())), StandardCharsets.UTF_8));
        Map<String, String> query = Arrays.stream(presigned.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> decoded(pair[1])));
        require("https".equals(presigned.getScheme()), "not by HTTPS");
        require(
                presigned.getHost().matches("sts(\\.[a-z0-9-]+)?\\.amazonaws\\.com(\\.cn)?"),
                presigned.getHost() + " is not STS");
        require("/".equals(presigned.getPath()), "a path");
        require("GetCallerIdentity".equals(query.get("Action")), "another action");
        require("AWS4-HMAC-SHA256".equals(query.get("X-Amz-Algorithm")), "another algorithm");
        require(
                List.of(query.get("X-Amz-SignedHeaders").split(";")).containsAll(List.of("host", CLUSTER_HEADER)),
                "the cluster is not signed");
        require(Integer.parseInt(query.get("X-Amz-Expires")) <= 15 * 60, "valid for too long");
        HttpRequest call = HttpRequest.newBuilder(sts.resolve("/?" + presigned.getRawQuery()))
                .header(CLUSTER_HEADER, cluster)
                // Moto tells its services apart by the scope of the credentials, but reads it in this form only.
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=%s, Signature=%s"
                                .formatted(
                                        query.get("X-Amz-Credential"),
                                        query.get("X-Amz-SignedHeaders"),
                                        query.get("X-Amz-Signature")))
                .build();
        try {
            Matcher arn = ARN.matcher(http.send(call, BodyHandlers.ofString()).body());
            require(arn.find(), "STS does not know the caller");
            return arn.group(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
