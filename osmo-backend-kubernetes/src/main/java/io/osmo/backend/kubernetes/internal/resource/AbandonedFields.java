// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fields that this library has applied earlier and no longer wants, such as the node selector of a pool that is gone. The next apply
 * removes them, since server-side apply drops what its manager owns and leaves out. Fields of other managers are not looked at. Pure.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">field management</a>
 */
final class AbandonedFields {
    private final List<SubsetComparison.Difference> found = new ArrayList<>();

    private AbandonedFields() {}

    /**
     * @param observed the object with its {@code managedFields}
     * @param wanted what is applied, as plain data
     * @param live what was observed, as plain data
     */
    static List<SubsetComparison.Difference> of(
            HasMetadata observed, Map<String, Object> wanted, Map<String, Object> live) {
        AbandonedFields fields = new AbandonedFields();
        observed.getMetadata().getManagedFields().stream()
                .filter(AbandonedFields::isOurs)
                .forEach(entry -> fields.walk("", entry.getFieldsV1().getAdditionalProperties(), wanted, live));
        return List.copyOf(fields.found);
    }

    private static boolean isOurs(ManagedFieldsEntry entry) {
        return Ownership.FIELD_MANAGER.equals(entry.getManager())
                && "Apply".equals(entry.getOperation())
                && entry.getFieldsV1() != null;
    }

    private void walk(String path, Map<?, ?> owned, @Nullable Object wanted, @Nullable Object live) {
        owned.forEach((step, below) -> {
            String text = String.valueOf(step);
            if (text.startsWith("f:")) {
                String name = text.substring(2);
                step(SubsetComparison.child(path, name), below, member(wanted, name), member(live, name));
            } else if (text.startsWith("k:")) {
                Map<String, Object> key = PlainObject.mapping(text.substring(2));
                step(path + item(key), below, element(wanted, key), element(live, key));
            }
        });
    }

    private void step(String path, Object below, Optional<Object> wanted, Optional<Object> live) {
        if (live.isEmpty()) {
            return;
        }
        if (wanted.isEmpty()) {
            found.add(SubsetComparison.Difference.of(path, live.get(), null));
        } else if (below instanceof Map<?, ?> fields) {
            walk(path, fields, wanted.get(), live.get());
        }
    }

    private static Optional<Object> member(@Nullable Object parent, String name) {
        return parent instanceof Map<?, ?> map ? Optional.ofNullable(map.get(name)) : Optional.empty();
    }

    /** What the element leaves out of its key, such as the protocol of a port, has the default. */
    private static Optional<Object> element(@Nullable Object parent, Map<String, Object> key) {
        return parent instanceof List<?> list
                ? list.stream()
                        .filter(element -> element instanceof Map<?, ?> map
                                && key.entrySet().stream()
                                        .allMatch(part -> !map.containsKey(part.getKey())
                                                || Objects.equals(
                                                        String.valueOf(map.get(part.getKey())),
                                                        String.valueOf(part.getValue()))))
                        .findFirst()
                        .map(Object.class::cast)
                : Optional.empty();
    }

    private static String item(Map<String, Object> key) {
        return "["
                + String.join(
                        ",",
                        key.entrySet().stream()
                                .map(part -> part.getKey() + "=" + part.getValue())
                                .toList())
                + "]";
    }
}
