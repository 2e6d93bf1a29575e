// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.spec.Chart;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry asks for before it gives a manifest: user and password themselves, or a token that its token server gives for them,
 * or for nothing.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token authentication of registries</a>
 */
final class Challenge {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
    private static final int LONGEST_TOKEN = 1 << 20;

    private final String text;
    private final Chart chart;
    private final URI registry;
    private final String repository;

    /** @param text value of the header {@code WWW-Authenticate} */
    Challenge(String text, Chart chart, URI registry, String repository) {
        this.text = text;
        this.chart = chart;
        this.registry = registry;
        this.repository = repository;
    }

    /** What to show to the registry; empty when there is nothing to show. */
    Optional<Login> answer(Download download) {
        if (!text.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return Login.of(chart, registry);
        }
        String realm = parameter("realm");
        URI server;
        try {
            server = URI.create(realm + (realm.contains("?") ? "&" : "?") + "service=" + encoded(parameter("service"))
                    + "&scope=" + encoded("repository:" + repository.substring(1) + ":pull"));
        } catch (IllegalArgumentException e) {
            throw download.failed("the token", registry, "the registry names no token server", null);
        }
        byte[] body = download.fetch("the token", server, Login.of(chart, server), LONGEST_TOKEN);
        try {
            JsonNode tokens = JSON.readTree(body);
            String token =
                    tokens.path("token").asText(tokens.path("access_token").asText(""));
            return Optional.of(new Login(Login.origin(registry), "Bearer " + token));
        } catch (IOException e) {
            // The cause may quote the token.
            throw download.failed("the token", server, "the answer is no JSON", null);
        }
    }

    private String parameter(String name) {
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return matcher.group(2);
            }
        }
        return "";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
