// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@link EksSettings} from plain data. Unknown keys and invalid values are violations, never ignored. */
final class EksSettingsReader extends SettingsReader {
    private final EksSettings.Builder builder = EksSettings.builder();

    private EksSettingsReader(Consumer<Violation> problems) {
        super(problems);
        choice("supportType", SupportType.class, builder::supportType);
        setting(
                "logTypes",
                (path, value) -> builder.logTypes(
                        strings(path, value).stream().map(Map.Entry::getValue).toList()));
        entries("amiTypes", this::amiType);
        entries("pools", this::pool);
        choice("autoscaler", Autoscaler.class, builder::autoscaler);
        flag("nodeRepair", builder::nodeRepair);
        number("maxUnavailable", builder::maxUnavailable);
        entries("addonVersions", (name, path, value) -> text(path, value, v -> builder.addonVersion(name, v)));
        number("keyDeletionWindowDays", builder::keyDeletionWindowDays);
        uri("clusterEndpoint", builder::clusterEndpoint);
        text("clusterCertificate", builder::clusterCertificate);
        text("profile", builder::profile);
        text("roleArn", builder::roleArn);
        uri("endpointOverride", builder::endpointOverride);
        setting(
                "omit",
                (path, value) -> strings(path, value)
                        .forEach(e -> choice(e.getKey(), e.getValue(), EksFeature.class, builder::omit)));
    }

    static Optional<EksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        EksSettingsReader reader = new EksSettingsReader(problems);
        return reader.read(data) ? Optional.of(reader.builder.build()) : Optional.empty();
    }

    private void amiType(String role, String path, Object value) {
        choice(
                "settings.amiTypes",
                role,
                PoolRole.class,
                known -> text(path, value, type -> builder.amiType(known, type)));
    }

    private void pool(String name, String path, Object value) {
        entries(path, value, (key, at, given) -> {
            switch (key) {
                case "efa" -> flag(at, given, on -> builder.pool(name, p -> p.withEfa(on)));
                case "placementGroup" -> flag(at, given, on -> builder.pool(name, p -> p.withPlacementGroup(on)));
                case "capacityBlock" -> flag(at, given, on -> builder.pool(name, p -> p.withCapacityBlock(on)));
                default -> unknown(at, List.of("efa", "placementGroup", "capacityBlock"));
            }
        });
    }
}
