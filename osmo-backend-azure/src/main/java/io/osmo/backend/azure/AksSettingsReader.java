// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@link AksSettings} from plain data. Unknown keys and invalid values are violations, never ignored. */
final class AksSettingsReader extends SettingsReader {
    private final AksSettings.Builder builder = AksSettings.builder();

    private AksSettingsReader(Consumer<Violation> problems) {
        super(problems);
        text("subscription", builder::subscription);
        text("tenant", builder::tenant);
        choice("cloud", AzureCloud.class, builder::cloud);
        uri("endpoint", builder::endpoint);
        choice("tier", Tier.class, builder::tier);
        text("resourceGroup", builder::resourceGroup);
        text("nodeResourceGroup", builder::nodeResourceGroup);
        text("nodeOsSku", builder::nodeOsSku);
        text("systemInstanceType", builder::systemInstanceType);
        number("systemNodes", builder::systemNodes);
        choice("gpuDriver", GpuDriver.class, builder::gpuDriver);
        setting(
                "adminGroups",
                (path, value) -> strings(path, value).forEach(entry -> builder.adminGroups(entry.getValue())));
        flag("localAccounts", builder::localAccounts);
        text("privateDnsZone", builder::privateDnsZone);
        text("capacityReservationGroup", builder::capacityReservationGroup);
        flag("hostEncryption", builder::hostEncryption);
        text("upgradeChannel", builder::upgradeChannel);
        number("vaultRetentionDays", builder::vaultRetentionDays);
    }

    static Optional<AksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        AksSettingsReader reader = new AksSettingsReader(problems);
        return reader.read(data) ? Optional.of(reader.builder.build()) : Optional.empty();
    }
}
