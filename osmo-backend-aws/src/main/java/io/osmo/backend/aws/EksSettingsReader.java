// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.PoolRole;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads {@link EksSettings} from plain data, key by key; what is not understood is a violation, never skipped. */
final class EksSettingsReader {
    private final Consumer<Violation> problems;
    private final EksSettings.Builder builder = EksSettings.builder();
    private boolean failed;

    private EksSettingsReader(Consumer<Violation> problems) {
        this.problems = problems;
    }

    static Optional<EksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        EksSettingsReader reader = new EksSettingsReader(problems);
        data.forEach((key, value) -> reader.setting(key, "settings." + key, value));
        return reader.failed ? Optional.empty() : Optional.of(reader.builder.build());
    }

    private void setting(String key, String path, Object value) {
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

    /** The texts of a list, each with its path. */
    private List<Map.Entry<String, String>> strings(String path, Object value) {
        if (!(value instanceof List<?> list)) {
            problem(path, value, "a list of texts", "Give a list.");
            return List.of();
        }
        return java.util.stream.IntStream.range(0, list.size())
                .filter(i -> {
                    boolean good = list.get(i) instanceof String;
                    if (!good) {
                        problem(path + "[" + i + "]", list.get(i), "a text", "Give a text.");
                    }
                    return good;
                })
                .mapToObj(i -> Map.entry(path + "[" + i + "]", (String) list.get(i)))
                .toList();
    }

    private void entries(String path, Object value, Entry target) {
        if (!(value instanceof Map<?, ?> map)) {
            problem(path, value, "a map", "Give names and values.");
            return;
        }
        map.forEach((key, given) -> target.accept(String.valueOf(key), path + "." + key, given));
    }

    private void problem(String path, Object given, String allowed, String remedy) {
        failed = true;
        problems.accept(new Violation(path, Optional.empty(), String.valueOf(given), allowed, remedy));
    }

    /** One entry of a map: its key, its path and its value. */
    private interface Entry {
        void accept(String key, String path, Object value);
    }
}
