// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that are read of an object. All others are skipped; they are most of the size of an object of the Kubernetes API:
 * environments, mounts, managed fields.
 */
final class Fields {
    /** Every field, of any name; only JSON can be read this way. */
    static final Fields ALL = of();

    private final Map<String, Field> byName = new HashMap<>();
    private final @Nullable Field[] byNumber;

    private Fields(Field... fields) {
        byNumber = new Field
                [1 + Arrays.stream(fields).mapToInt(Field::number).max().orElse(0)];
        for (Field field : fields) {
            byName.put(field.name(), field);
            byNumber[field.number()] = field;
        }
    }

    static Fields of(Field... fields) {
        return new Fields(fields);
    }

    boolean isAll() {
        return byName.isEmpty();
    }

    @Nullable
    Field named(String name) {
        return byName.get(name);
    }

    @Nullable
    Field numbered(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }
}
