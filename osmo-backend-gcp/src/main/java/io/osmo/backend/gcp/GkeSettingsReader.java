// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads {@link GkeSettings} from plain data. */
final class GkeSettingsReader extends SettingsReader {
    private final GkeSettings.Builder builder = GkeSettings.builder();

    /** What takes the value of a setting, given its path, by the setting's name. */
    private final Map<String, BiConsumer<String, Object>> settings = new TreeMap<>();

    private GkeSettingsReader(Consumer<Violation> problems) {
        super(problems);
        settings.put("project", (path, value) -> text(path, value, builder::project));
        settings.put("quotaProject", (path, value) -> text(path, value, builder::quotaProject));
        settings.put("impersonate", (path, value) -> text(path, value, builder::impersonate));
        settings.put(
                "releaseChannel", (path, value) -> choice(path, value, ReleaseChannel.class, builder::releaseChannel));
        settings.put("location", (path, value) -> choice(path, value, ClusterLocation.class, builder::location));
        settings.put("dnsEndpoint", (path, value) -> flag(path, value, builder::dnsEndpoint));
        settings.put("podCidr", (path, value) -> text(path, value, builder::podCidr));
        settings.put("flowLogs", (path, value) -> flag(path, value, builder::flowLogs));
        settings.put("enableServices", (path, value) -> flag(path, value, builder::enableServices));
        settings.put("gpuDriver", (path, value) -> choice(path, value, GpuDriver.class, builder::gpuDriver));
        settings.put("pools", (path, value) -> entries(path, value, this::pool));
        settings.put("endpoints", (path, value) -> entries(path, value, this::endpoint));
        settings.put("clusterEndpoint", (path, value) -> uri(path, value, builder::clusterEndpoint));
        settings.put("clusterCertificate", (path, value) -> text(path, value, builder::clusterCertificate));
    }

    static Optional<GkeSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        GkeSettingsReader reader = new GkeSettingsReader(problems);
        return reader.read(data) ? Optional.of(reader.builder.build()) : Optional.empty();
    }

    @Override
    protected void setting(String key, String path, Object value) {
        settings.getOrDefault(key, (at, given) -> unknown(at, settings.keySet()))
                .accept(path, value);
    }

    private void endpoint(String name, String path, Object value) {
        choice(
                "settings.endpoints",
                name,
                GcpService.class,
                service -> uri(path, value, uri -> builder.endpoint(service, uri)));
    }

    private void pool(String name, String path, Object value) {
        entries(path, value, (key, at, given) -> {
            switch (key) {
                case "flexStart" -> flag(at, given, on -> builder.pool(name, p -> p.withFlexStart(on)));
                case "anyReservation" -> flag(at, given, on -> builder.pool(name, p -> p.withAnyReservation(on)));
                case "compact" -> flag(at, given, on -> builder.pool(name, p -> p.withCompact(on)));
                case "diskType" -> text(at, given, type -> builder.pool(name, p -> p.withDiskType(type)));
                default -> unknown(at, List.of("flexStart", "anyReservation", "compact", "diskType"));
            }
        });
    }
}
