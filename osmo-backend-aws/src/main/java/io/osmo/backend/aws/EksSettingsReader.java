// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads {@link EksSettings} from plain data, key by key; what is not understood is a violation, never skipped. */
final class EksSettingsReader extends SettingsReader {
    private final EksSettings.Builder builder = EksSettings.builder();

    /** What takes the value of a setting, given its path, by the setting's name. */
    private final Map<String, BiConsumer<String, Object>> settings = new TreeMap<>();

    private EksSettingsReader(Consumer<Violation> problems) {
        super(problems);
        settings.put("supportType", (path, value) -> choice(path, value, SupportType.class, builder::supportType));
        settings.put(
                "logTypes",
                (path, value) -> builder.logTypes(
                        strings(path, value).stream().map(Map.Entry::getValue).toList()));
        settings.put("amiTypes", (path, value) -> entries(path, value, this::amiType));
        settings.put("pools", (path, value) -> entries(path, value, this::pool));
        settings.put("autoscaler", (path, value) -> choice(path, value, Autoscaler.class, builder::autoscaler));
        settings.put("nodeRepair", (path, value) -> flag(path, value, builder::nodeRepair));
        settings.put("maxUnavailable", (path, value) -> number(path, value, builder::maxUnavailable));
        settings.put(
                "addonVersions",
                (path, value) -> entries(
                        path, value, (name, at, version) -> text(at, version, v -> builder.addonVersion(name, v))));
        settings.put("keyDeletionWindowDays", (path, value) -> number(path, value, builder::keyDeletionWindowDays));
        settings.put("clusterEndpoint", (path, value) -> uri(path, value, builder::clusterEndpoint));
        settings.put("clusterCertificate", (path, value) -> text(path, value, builder::clusterCertificate));
        settings.put("profile", (path, value) -> text(path, value, builder::profile));
        settings.put("roleArn", (path, value) -> text(path, value, builder::roleArn));
        settings.put("endpointOverride", (path, value) -> uri(path, value, builder::endpointOverride));
        settings.put(
                "omit",
                (path, value) -> strings(path, value)
                        .forEach(e -> choice(e.getKey(), e.getValue(), EksFeature.class, builder::omit)));
    }

    static Optional<EksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        EksSettingsReader reader = new EksSettingsReader(problems);
        return reader.read(data) ? Optional.of(reader.builder.build()) : Optional.empty();
    }

    @Override
    protected void setting(String key, String path, Object value) {
        settings.getOrDefault(key, (at, given) -> unknown(at, settings.keySet()))
                .accept(path, value);
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
                default -> problem(at, key, "efa, placementGroup or capacityBlock", "Remove it or correct its name.");
            }
        });
    }
}
