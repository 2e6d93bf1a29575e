// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit;

import io.osmo.backend.testkit.cloud.ServedCloud;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Emulated clouds that answer HTTP until this is closed. They keep their state. */
public final class ServedClouds implements AutoCloseable {
    private final Map<String, ServedCloud> clouds;

    ServedClouds(Map<String, ServedCloud> clouds) {
        this.clouds = new LinkedHashMap<>(clouds);
    }

    /** The clouds that have endpoints, by provider id. */
    public Set<String> ids() {
        return Set.copyOf(clouds.keySet());
    }

    /**
     * The URL of a cloud.
     *
     * @throws IllegalArgumentException if there is none with this id that has endpoints
     */
    public URI url(String id) {
        return Optional.ofNullable(clouds.get(id))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no emulated cloud " + id + " has endpoints, only " + clouds.keySet()))
                .url();
    }

    /** Environment variables that direct unmodified clients to these clouds, by name. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        clouds.values().forEach(cloud -> environment.putAll(cloud.environment()));
        return environment;
    }

    /** Stops the servers. */
    @Override
    public void close() {
        clouds.values().forEach(ServedCloud::close);
    }

    /** One line for each cloud: its id and its URL. */
    @Override
    public String toString() {
        return clouds.entrySet().stream()
                .map(cloud -> String.format(
                        Locale.ROOT,
                        "%-5s  %s",
                        cloud.getKey(),
                        cloud.getValue().url()))
                .collect(Collectors.joining("\n"));
    }
}
