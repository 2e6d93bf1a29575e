// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import io.osmo.backend.kubernetes.LocalApiServers;
import io.osmo.backend.testkit.internal.http.LocalClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The API servers of all emulated clusters in this process, by their ports. */
public final class LocalServers implements LocalApiServers {
    private static final Map<Integer, Server> BY_PORT = new ConcurrentHashMap<>();

    /** One of them. */
    @FunctionalInterface
    public interface Server {
        /** @throws IOException if the connection is lost before the answer is complete */
        LocalClient.Answer answer(String method, URI uri, Function<String, Optional<String>> header, byte[] body)
                throws IOException;
    }

    /** The server that listens on a port. */
    public static void add(int port, Server server) {
        BY_PORT.put(port, server);
    }

    public static void remove(int port) {
        BY_PORT.remove(port);
    }

    @Override
    public Optional<HttpClient> client(URI endpoint) {
        return Optional.ofNullable(BY_PORT.get(endpoint.getPort()))
                .map(server -> new LocalClient((request, body) -> {
                    if (BY_PORT.get(endpoint.getPort()) != server) {
                        throw new ConnectException("Connection refused");
                    }
                    return server.answer(request.method(), request.uri(), request.headers()::firstValue, body);
                }));
    }
}
