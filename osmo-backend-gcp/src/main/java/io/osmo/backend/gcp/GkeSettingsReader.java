// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spi.support.SettingsReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@link GkeSettings} from plain data. */
final class GkeSettingsReader extends SettingsReader {
    private final GkeSettings.Builder builder = GkeSettings.builder();

    private GkeSettingsReader(Consumer<Violation> problems) {
        super(problems);
    }

    static Optional<GkeSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        GkeSettingsReader reader = new GkeSettingsReader(problems);
        return reader.read(data) ? Optional.of(reader.builder.build()) : Optional.empty();
    }

    @Override
    protected void setting(String key, String path, Object value) {
        switch (key) {
            case "project" -> text(path, value, builder::project);
            case "quotaProject" -> text(path, value, builder::quotaProject);
            case "impersonate" -> text(path, value, builder::impersonate);
            case "releaseChannel" -> choice(path, value, ReleaseChannel.class, builder::releaseChannel);
            case "location" -> choice(path, value, ClusterLocation.class, builder::location);
            case "dnsEndpoint" -> flag(path, value, builder::dnsEndpoint);
            case "podCidr" -> text(path, value, builder::podCidr);
            case "flowLogs" -> flag(path, value, builder::flowLogs);
            case "enableServices" -> flag(path, value, builder::enableServices);
            case "gpuDriver" -> choice(path, value, GpuDriver.class, builder::gpuDriver);
            case "pools" -> entries(path, value, this::pool);
            case "endpoints" ->
                entries(
                        path,
                        value,
                        (name, at, uri) -> choice(
                                path,
                                name,
                                GcpService.class,
                                service -> uri(at, uri, u -> builder.endpoint(service, u))));
            case "clusterEndpoint" -> uri(path, value, builder::clusterEndpoint);
            case "clusterCertificate" -> text(path, value, builder::clusterCertificate);
            default -> problem(path, key, "a setting of GKE", "Remove it or correct its name.");
        }
    }

    private void pool(String name, String path, Object value) {
        entries(path, value, (key, at, given) -> {
            switch (key) {
                case "flexStart" -> flag(at, given, on -> builder.pool(name, p -> p.withFlexStart(on)));
                case "anyReservation" -> flag(at, given, on -> builder.pool(name, p -> p.withAnyReservation(on)));
                case "compact" -> flag(at, given, on -> builder.pool(name, p -> p.withCompact(on)));
                case "diskType" -> text(at, given, type -> builder.pool(name, p -> p.withDiskType(type)));
                default ->
                    problem(
                            at,
                            key,
                            "flexStart, anyReservation, compact or diskType",
                            "Remove it or correct its name.");
            }
        });
    }
}
