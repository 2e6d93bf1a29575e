// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spi.support.SettingsReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@link EksSettings} from plain data, key by key; what is not understood is a violation, never skipped. */
final class EksSettingsReader extends SettingsReader {
    private final EksSettings.Builder builder = EksSettings.builder();

    private EksSettingsReader(Consumer<Violation> problems) {
        super(problems);
    }

    static Optional<EksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        EksSettingsReader reader = new EksSettingsReader(problems);
        return reader.read(data) ? Optional.of(reader.builder.build()) : Optional.empty();
    }

    @Override
    protected void setting(String key, String path, Object value) {
        switch (key) {
            case "supportType" -> choice(path, value, SupportType.class, builder::supportType);
            case "logTypes" ->
                builder.logTypes(
                        strings(path, value).stream().map(Map.Entry::getValue).toList());
            case "amiTypes" ->
                entries(
                        path,
                        value,
                        (name, at, type) -> choice(
                                "settings.amiTypes",
                                name,
                                PoolRole.class,
                                role -> text(at, type, t -> builder.amiType(role, t))));
            case "pools" -> entries(path, value, this::pool);
            case "autoscaler" -> choice(path, value, Autoscaler.class, builder::autoscaler);
            case "nodeRepair" -> flag(path, value, builder::nodeRepair);
            case "maxUnavailable" -> number(path, value, builder::maxUnavailable);
            case "addonVersions" ->
                entries(path, value, (name, at, version) -> text(at, version, v -> builder.addonVersion(name, v)));
            case "keyDeletionWindowDays" -> number(path, value, builder::keyDeletionWindowDays);
            case "clusterEndpoint" -> uri(path, value, builder::clusterEndpoint);
            case "clusterCertificate" -> text(path, value, builder::clusterCertificate);
            case "profile" -> text(path, value, builder::profile);
            case "roleArn" -> text(path, value, builder::roleArn);
            case "endpointOverride" -> uri(path, value, builder::endpointOverride);
            case "omit" ->
                strings(path, value).forEach(e -> choice(e.getKey(), e.getValue(), EksFeature.class, builder::omit));
            default -> problem(path, key, "a setting of EKS", "Remove it or correct its name.");
        }
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
