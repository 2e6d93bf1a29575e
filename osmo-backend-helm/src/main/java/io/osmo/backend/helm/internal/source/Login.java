// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import io.osmo.backend.spec.Chart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What is shown to one server, and to no other.
 *
 * @param origin scheme, host and port of the server
 * @param header value of the header {@code Authorization}
 */
record Login(String origin, String header) {
    /** User and password of a chart, for the server of its location. */
    static Optional<Login> of(Chart chart, URI location) {
        return chart.username().map(user -> {
            String password = chart.password().orElseThrow().reveal();
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return new Login(origin(location), "Basic " + Base64.getEncoder().encodeToString(both));
        });
    }

    static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":"
                + (uri.getPort() < 0 ? standard : uri.getPort());
    }

    boolean isFor(URI uri) {
        return origin(uri).equals(origin);
    }

    @Override
    public String toString() {
        return "Login[" + origin + "]";
    }
}
