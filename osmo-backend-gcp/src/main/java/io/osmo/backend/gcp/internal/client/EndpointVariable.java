// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.GcpService;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Endpoints from the environment, such as {@code CONTAINER=http://127.0.0.1:40123,COMPUTE=http://127.0.0.1:40124/compute}. Google's
 * clients have no variable for them, and a backend that is named by a reference has no settings.
 */
public final class EndpointVariable {
    /** Its name. */
    public static final String NAME = "OSMO_GCP_ENDPOINTS";

    private EndpointVariable() {}

    /**
     * Reads the variable; empty if it is not set.
     *
     * @throws CloudException if it cannot be read
     */
    public static Map<GcpService, URI> read(Map<String, String> environment) {
        Map<GcpService, URI> endpoints = new EnumMap<>(GcpService.class);
        for (String entry : environment.getOrDefault(NAME, "").split(",", -1)) {
            if (!entry.isBlank()) {
                String[] parts = entry.strip().split("=", 2);
                GcpService service = Stream.of(GcpService.values())
                        .filter(each -> each.name().equals(parts[0]))
                        .findFirst()
                        .orElseThrow(() -> unusable(entry));
                endpoints.put(service, uri(parts.length == 2 ? parts[1] : "").orElseThrow(() -> unusable(entry)));
            }
        }
        return endpoints;
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CloudException unusable(String entry) {
        return CloudException.builder(CloudError.INVALID_REQUEST, NAME)
                .code("BAD_ENDPOINT")
                .message("\"" + entry + "\" is not an endpoint")
                .remedy("Write " + NAME + " as service=URL, separated by commas, with the services "
                        + String.join(
                                ", ",
                                Stream.of(GcpService.values()).map(Enum::name).toList())
                        + "; or unset it.")
                .build();
    }
}
