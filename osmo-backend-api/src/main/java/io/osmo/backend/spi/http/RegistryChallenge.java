// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to log in to an image registry, from its header {@code WWW-Authenticate}: with user name and password, or with a token.
 *
 * @param scheme {@code basic} or {@code bearer}
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token authentication of registries</a>
 */
public record RegistryChallenge(String scheme, Map<String, String> parameters) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Begins at words only and never goes back: a registry may send a header of any length. */
    private static final Pattern PARAMETER = Pattern.compile("\\b(\\w++)=\"([^\"]*+)\"");

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    public RegistryChallenge {
        parameters = Map.copyOf(parameters);
    }

    /**
     * The first challenge that can be answered.
     *
     * @param headers values of {@code WWW-Authenticate}
     */
    public static Optional<RegistryChallenge> of(List<String> headers) {
        return headers.stream()
                .map(RegistryChallenge::parse)
                .filter(challenge -> challenge.scheme.equals("basic") || challenge.wantsToken())
                .findFirst();
    }

    private static RegistryChallenge parse(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
        }
        return new RegistryChallenge(header.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT), parameters);
    }

    /** Whether the registry wants a token of its token server rather than user and password themselves. */
    public boolean wantsToken() {
        return scheme.equals("bearer");
    }

    /**
     * The address to fetch a token from; empty if a password must not be sent there.
     *
     * @param name of the parameter that says what the token is for, such as {@code scope}
     * @param plain whether the registry itself uses no TLS
     */
    public Optional<URI> tokenAddress(String name, String value, boolean plain) {
        String realm = parameters.getOrDefault("realm", "");
        String service = parameters.containsKey("service")
                ? "service=" + encoded(parameters.getOrDefault("service", "")) + "&"
                : "";
        try {
            URI address =
                    URI.create(realm + (realm.indexOf('?') < 0 ? "?" : "&") + service + name + "=" + encoded(value));
            boolean safe = "https".equals(address.getScheme()) || plain && "http".equals(address.getScheme());
            return safe && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** The token in the answer of a token server; empty if there is none that can be sent in a header. */
    public static Optional<String> token(String body) {
        try {
            JsonNode answer = JSON.readTree(body);
            String token = answer == null
                    ? ""
                    : answer.path("token").asText(answer.path("access_token").asText());
            return Optional.of(token).filter(text -> TOKEN.matcher(text).matches());
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
