// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that are looked at. All others, most of what an object of the Kubernetes API weighs, are passed over:
 * environments, mounts, who last set which field.
 */
final class Fields {
    /** Every field, whatever it is called, which only JSON can tell. */
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
