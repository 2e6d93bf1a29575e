// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.registry;

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
 * How a registry wants to be asked, from its {@code WWW-Authenticate}: <a
 * href="https://distribution.github.io/distribution/spec/auth/token/">token authentication</a> or basic.
 *
 * @param scheme in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** The first one that can be answered. */
    static Optional<Challenge> of(List<String> headers) {
        return headers.stream()
                .map(Challenge::parse)
                .filter(challenge -> challenge.scheme.equals("basic") || challenge.scheme.equals("bearer"))
                .findFirst();
    }

    private static Challenge parse(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
        }
        return new Challenge(header.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT), parameters);
    }

    boolean wantsToken() {
        return scheme.equals("bearer");
    }

    /**
     * Where the token is; empty when it is no address to which a password may go.
     *
     * @param plain whether the registry itself is reached without TLS
     */
    Optional<URI> tokenAddress(String account, boolean plain) {
        try {
            String realm = parameters.getOrDefault("realm", "");
            String query = "account=" + encoded(account)
                    + (parameters.containsKey("service")
                            ? "&service=" + encoded(parameters.getOrDefault("service", ""))
                            : "");
            URI address = URI.create(realm + (realm.indexOf('?') < 0 ? "?" : "&") + query);
            boolean safe = "https".equals(address.getScheme()) || plain && "http".equals(address.getScheme());
            return safe && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
