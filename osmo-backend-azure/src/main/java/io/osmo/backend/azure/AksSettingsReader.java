// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@link AksSettings} from plain data, key by key; what is not understood is a violation, never skipped. */
final class AksSettingsReader extends SettingsReader {
    private final AksSettings.Builder builder = AksSettings.builder();

    private AksSettingsReader(Consumer<Violation> problems) {
        super(problems);
    }

    static Optional<AksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        AksSettingsReader reader = new AksSettingsReader(problems);
        return reader.read(data) ? Optional.of(reader.builder.build()) : Optional.empty();
    }

    @Override
    protected void setting(String key, String path, Object value) {
        switch (key) {
            case "subscription" -> text(path, value, builder::subscription);
            case "tenant" -> text(path, value, builder::tenant);
            case "cloud" -> choice(path, value, AzureCloud.class, builder::cloud);
            case "endpoint" -> uri(path, value, builder::endpoint);
            case "tier" -> choice(path, value, Tier.class, builder::tier);
            case "resourceGroup" -> text(path, value, builder::resourceGroup);
            case "nodeResourceGroup" -> text(path, value, builder::nodeResourceGroup);
            case "nodeOsSku" -> text(path, value, builder::nodeOsSku);
            case "systemInstanceType" -> text(path, value, builder::systemInstanceType);
            case "systemNodes" -> number(path, value, builder::systemNodes);
            case "gpuDriver" -> choice(path, value, GpuDriver.class, builder::gpuDriver);
            case "adminGroups" -> strings(path, value).forEach(entry -> builder.adminGroups(entry.getValue()));
            case "localAccounts" -> flag(path, value, builder::localAccounts);
            case "privateDnsZone" -> text(path, value, builder::privateDnsZone);
            case "capacityReservationGroup" -> text(path, value, builder::capacityReservationGroup);
            case "hostEncryption" -> flag(path, value, builder::hostEncryption);
            case "upgradeChannel" -> text(path, value, builder::upgradeChannel);
            case "vaultRetentionDays" -> number(path, value, builder::vaultRetentionDays);
            default -> problem(path, key, "a setting of AKS", "Remove it or correct its name.");
        }
    }
}
