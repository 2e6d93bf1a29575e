// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.osmo.backend.kubernetes.internal.client.Digests;
import io.osmo.backend.kubernetes.internal.resource.PlainObject;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.provider.PlainText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What applying an object would change, field by field: the object as it is, and as the API server says that it would be. Values of
 * Secrets are compared by their digests and never shown.
 */
final class ObjectDiff {
    private static final int LONGEST = 120;
    private static final String NOTHING = "(none)";
    private static final Set<String> SECRET_PARTS = Set.of("data", "stringData");

    private final String title;
    private final boolean secret;
    private final List<FieldChange> changes = new ArrayList<>();

    private ObjectDiff(String title, boolean secret) {
        this.title = title;
        this.secret = secret;
    }

    static List<FieldChange> of(ChartObject object, HasMetadata live, HasMetadata planned) {
        boolean secret = object.kind().equals("Secret");
        ObjectDiff diff = new ObjectDiff(object.title(), secret);
        diff.maps("", content(live, secret), content(planned, secret));
        if (object.kind().equals("CustomResourceDefinition") && !diff.changes.isEmpty()) {
            return List.of(FieldChange.inPlace(
                    object.title(),
                    "differs in " + diff.changes.size() + (diff.changes.size() == 1 ? " field" : " fields"),
                    "as in the chart"));
        }
        return List.copyOf(diff.changes);
    }

    /** All but status and the server's metadata; of a Secret with digests in place of its values. */
    static Map<String, Object> content(HasMetadata object, boolean secret) {
        Map<String, Object> content = PlainObject.of(object);
        if (secret) {
            SECRET_PARTS.forEach(part -> content.computeIfPresent(part, (key, values) -> digests((Map<?, ?>) values)));
        }
        return content;
    }

    private static Map<String, String> digests(Map<?, ?> values) {
        Map<String, String> digests = new TreeMap<>();
        values.forEach((key, value) -> digests.put(
                String.valueOf(key),
                HexFormat.of().formatHex(Digests.sha256(String.valueOf(value).getBytes(StandardCharsets.UTF_8)))));
        return digests;
    }

    private void values(String path, @Nullable Object live, @Nullable Object planned) {
        if (live instanceof Map<?, ?> before && planned instanceof Map<?, ?> after) {
            maps(path, before, after);
        } else if (live instanceof List<?> before && planned instanceof List<?> after) {
            lists(path, before, after);
        } else if (!same(live, planned)) {
            boolean hidden = secret && (path.startsWith("data") || path.startsWith("stringData"));
            changes.add(FieldChange.inPlace(
                    title + " " + path,
                    hidden && live != null ? "(redacted)" : text(live),
                    hidden && planned != null ? "changed (redacted)" : text(planned)));
        }
    }

    private void maps(String path, Map<?, ?> live, Map<?, ?> planned) {
        Set<String> keys = new TreeSet<>();
        live.keySet().forEach(key -> keys.add(String.valueOf(key)));
        planned.keySet().forEach(key -> keys.add(String.valueOf(key)));
        for (String key : keys) {
            String field =
                    key.matches("[A-Za-z0-9_-]+") ? (path.isEmpty() ? key : path + "." + key) : path + "[" + key + "]";
            values(field, live.get(key), planned.get(key));
        }
    }

    /** Elements with names are compared by their names, all others by their places. */
    private void lists(String path, List<?> live, List<?> planned) {
        if (areNamed(live) && areNamed(planned)) {
            Map<String, Object> before = byName(live);
            Map<String, Object> after = byName(planned);
            Set<String> names = new TreeSet<>(before.keySet());
            names.addAll(after.keySet());
            names.forEach(name -> values(path + "[" + name + "]", before.get(name), after.get(name)));
        } else if (live.size() != planned.size()) {
            if (!same(live, planned)) {
                changes.add(FieldChange.inPlace(title + " " + path, text(live), text(planned)));
            }
        } else {
            for (int i = 0; i < live.size(); i++) {
                values(path + "[" + i + "]", live.get(i), planned.get(i));
            }
        }
    }

    private static boolean areNamed(List<?> list) {
        return !list.isEmpty()
                && list.stream().allMatch(e -> e instanceof Map<?, ?> map && map.get("name") instanceof String)
                && byName(list).size() == list.size();
    }

    private static Map<String, Object> byName(List<?> list) {
        Map<String, Object> byName = new TreeMap<>();
        list.forEach(e -> byName.put(String.valueOf(((Map<?, ?>) e).get("name")), e));
        return byName;
    }

    private static boolean same(@Nullable Object live, @Nullable Object planned) {
        if (live instanceof Number a && planned instanceof Number b) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
        }
        return Objects.equals(emptyToNull(live), emptyToNull(planned));
    }

    private static @Nullable Object emptyToNull(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.isEmpty() ? null : value;
    }

    private static String text(@Nullable Object value) {
        return Optional.ofNullable(value)
                .map(v -> PlainText.of(v instanceof String text ? text : ChartYaml.json(v), LONGEST))
                .orElse(NOTHING);
    }
}
