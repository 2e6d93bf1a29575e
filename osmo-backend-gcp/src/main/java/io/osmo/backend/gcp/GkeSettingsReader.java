// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@link GkeSettings} from plain data. */
final class GkeSettingsReader extends SettingsReader {
    private final GkeSettings.Builder builder = GkeSettings.builder();

    private GkeSettingsReader(Consumer<Violation> problems) {
        super(problems);
        text("project", builder::project);
        text("quotaProject", builder::quotaProject);
        text("impersonate", builder::impersonate);
        choice("releaseChannel", ReleaseChannel.class, builder::releaseChannel);
        choice("location", ClusterLocation.class, builder::location);
        flag("dnsEndpoint", builder::dnsEndpoint);
        text("podCidr", builder::podCidr);
        text("podRange", builder::podRange);
        text("serviceRange", builder::serviceRange);
        flag("flowLogs", builder::flowLogs);
        flag("enableServices", builder::enableServices);
        choice("gpuDriver", GpuDriver.class, builder::gpuDriver);
        entries("pools", this::pool);
        entries("endpoints", this::endpoint);
        uri("clusterEndpoint", builder::clusterEndpoint);
        text("clusterCertificate", builder::clusterCertificate);
    }

    static Optional<GkeSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        GkeSettingsReader reader = new GkeSettingsReader(problems);
        return reader.read(data) ? Optional.of(reader.builder.build()) : Optional.empty();
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
