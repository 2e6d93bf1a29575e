// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.child;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An API server without kinds and objects, for charts that call {@code lookup} before there is a cluster. Helm's own {@code helm
 * template} gives such charts empty answers; the library asks a server in any case, and without a kubeconfig whatever listens on
 * localhost:8080.
 *
 * @see <a href="https://github.com/manusa/helm-java/blob/main/native/internal/helm/install.go">helm-java: install.go</a>
 * @see <a href="https://github.com/helm/helm/blob/v3.21.0/pkg/engine/lookup_func.go">Helm: lookup_func.go</a>
 */
final class EmptyCluster implements AutoCloseable {
    private static final Pattern DISCOVERY = Pattern.compile("/api/(v1)|/apis/([^/]+/[^/]+)");

    private final HttpServer server;

    private EmptyCluster(HttpServer server) {
        this.server = server;
    }

    static EmptyCluster start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", EmptyCluster::answer);
        server.start();
        return new EmptyCluster(server);
    }

    String kubeconfig() {
        String host = server.getAddress().getAddress().getHostAddress();
        return "{\"apiVersion\": \"v1\", \"kind\": \"Config\", \"current-context\": \"empty\","
                + " \"contexts\": [{\"name\": \"empty\", \"context\": {\"cluster\": \"empty\", \"user\": \"empty\"}}],"
                + " \"users\": [{\"name\": \"empty\", \"user\": {}}],"
                + " \"clusters\": [{\"name\": \"empty\", \"cluster\": {\"server\": \"http://"
                + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort() + "\"}}]}";
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var discovery = DISCOVERY.matcher(exchange.getRequestURI().getPath());
            boolean found = discovery.matches();
            String body = found
                    ? "{\"kind\": \"APIResourceList\", \"apiVersion\": \"v1\", \"resources\": [], \"groupVersion\": \""
                            + (discovery.group(1) == null ? discovery.group(2) : discovery.group(1)) + "\"}"
                    : "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"reason\": \"NotFound\","
                            + " \"code\": 404}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(found ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
