// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.registry;

import io.osmo.backend.spi.RegistryHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Image registries in this process, as far as a preflight needs them. By default every host is a registry with a token server, and
 * accepts any user with a password. There is no network access. Safe for concurrent use.
 */
public final class EmulatedRegistries implements RegistryHttp {
    private static final String TOKENS = "tokens.";

    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Map<String, Integer> broken = new ConcurrentHashMap<>();
    private final Map<String, Boolean> basic = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();

    /** Makes the registry accept only this user. */
    public void user(String host, String username, String password) {
        users.put(host, username + ":" + password);
    }

    /** Makes the registry use basic authentication instead of tokens. */
    public void basic(String host) {
        basic.put(host, true);
    }

    /** Makes the registry answer every request with this status; 0 for no answer. */
    public void broken(String host, int status) {
        broken.put(host, status);
    }

    /** The URLs of all requests, in order. */
    public List<String> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    @Override
    public Answer get(URI url, Optional<String> authorization) {
        synchronized (calls) {
            calls.add(url.toString());
        }
        boolean tokens = url.getAuthority().startsWith(TOKENS);
        String host = tokens ? url.getAuthority().substring(TOKENS.length()) : url.getAuthority();
        Integer status = broken.get(host);
        if (status != null && status == 0) {
            throw new UncheckedIOException(new ConnectException("Connection refused"));
        }
        if (status != null) {
            return new Answer(status, List.of(), "");
        }
        return tokens ? token(host, authorization) : root(host, url, authorization);
    }

    private Answer token(String host, Optional<String> authorization) {
        return authorization.filter(value -> isUser(host, value)).isPresent()
                ? new Answer(200, List.of(), "{\"token\":\"token-of-" + host + "\"}")
                : new Answer(401, List.of(), "{\"details\":\"incorrect username or password\"}");
    }

    private Answer root(String host, URI url, Optional<String> authorization) {
        if (!url.getPath().equals("/v2/")) {
            throw new UncheckedIOException(
                    new IOException("only the root of the API is emulated, not " + url.getPath()));
        }
        boolean known = authorization
                .filter(value ->
                        basic.containsKey(host) ? isUser(host, value) : value.equals("Bearer token-of-" + host))
                .isPresent();
        String challenge = basic.containsKey(host)
                ? "Basic realm=\"Registry\""
                : "Bearer realm=\"https://" + TOKENS + host + "/token\",service=\"" + host + "\"";
        return known ? new Answer(200, List.of(), "{}") : new Answer(401, List.of(challenge), "{\"errors\":[]}");
    }

    private boolean isUser(String host, String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return false;
        }
        String given = new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
        return Optional.ofNullable(users.get(host)).map(given::equals).orElseGet(() -> given.matches("(?s).+:.+"));
    }

    /** The hosts that know a user. */
    @Override
    public String toString() {
        return "EmulatedRegistries" + new TreeSet<>(users.keySet());
    }
}
