// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.error.Violation;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads {@link AksSettings} from plain data, key by key; what is not understood is a violation, never skipped. */
final class AksSettingsReader {
    private final Consumer<Violation> problems;
    private final AksSettings.Builder builder = AksSettings.builder();
    private boolean failed;

    private AksSettingsReader(Consumer<Violation> problems) {
        this.problems = problems;
    }

    static Optional<AksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        AksSettingsReader reader = new AksSettingsReader(problems);
        data.forEach((key, value) -> reader.setting(key, "settings." + key, value));
        return reader.failed ? Optional.empty() : Optional.of(reader.builder.build());
    }

    private void setting(String key, String path, Object value) {
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
            case "adminGroups" -> texts(path, value, builder::adminGroups);
            case "localAccounts" -> flag(path, value, builder::localAccounts);
            case "privateDnsZone" -> text(path, value, builder::privateDnsZone);
            case "capacityReservationGroup" -> text(path, value, builder::capacityReservationGroup);
            case "hostEncryption" -> flag(path, value, builder::hostEncryption);
            case "upgradeChannel" -> text(path, value, builder::upgradeChannel);
            case "vaultRetentionDays" -> number(path, value, builder::vaultRetentionDays);
            default -> problem(path, key, "a setting of AKS", "Remove it or correct its name.");
        }
    }

    private void texts(String path, Object value, Consumer<String> target) {
        if (!(value instanceof List<?> list)) {
            problem(path, value, "a list of texts", "Give a list.");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            text(path + "[" + i + "]", list.get(i), target);
        }
    }

    private <E extends Enum<E>> void choice(String path, Object value, Class<E> type, Consumer<E> target) {
        String given = String.valueOf(value).toUpperCase(Locale.ROOT);
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(given))
                .findFirst();
        found.ifPresentOrElse(
                target,
                () -> problem(
                        path,
                        value,
                        "one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", ")),
                        "Choose one of these."));
    }

    private void text(String path, Object value, Consumer<String> target) {
        if (value instanceof String text && !text.isBlank()) {
            target.accept(text);
        } else {
            problem(path, value, "text that is not empty", "Give a text.");
        }
    }

    private void flag(String path, Object value, Consumer<Boolean> target) {
        if (value instanceof Boolean flag) {
            target.accept(flag);
        } else {
            problem(path, value, "true or false", "Give true or false.");
        }
    }

    private void number(String path, Object value, Consumer<Integer> target) {
        if (value instanceof Number number && number.doubleValue() == number.intValue()) {
            target.accept(number.intValue());
        } else {
            problem(path, value, "a whole number", "Give a whole number.");
        }
    }

    private void uri(String path, Object value, Consumer<URI> target) {
        text(path, value, text -> {
            try {
                target.accept(URI.create(text));
            } catch (IllegalArgumentException malformed) {
                problem(path, text, "a URI", "Give scheme, host and optional port, such as https://127.0.0.1:6443.");
            }
        });
    }

    private void problem(String path, Object given, String allowed, String remedy) {
        failed = true;
        problems.accept(new Violation(path, Optional.empty(), String.valueOf(given), allowed, remedy));
    }
}
