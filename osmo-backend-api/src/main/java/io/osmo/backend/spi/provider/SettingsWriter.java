// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the settings that differ from their defaults as plain data for a {@link SettingsReader}. Not safe for concurrent use. */
public final class SettingsWriter {
    private final Map<String, Object> map = new LinkedHashMap<>();

    /** A setting without a default. */
    public SettingsWriter put(String name, @Nullable Object value) {
        return put(name, value, null);
    }

    /**
     * @param value null if it is not set; enum constants and URIs are written as text
     * @param standard the default, which is not written
     */
    public SettingsWriter put(String name, @Nullable Object value, @Nullable Object standard) {
        if (value != null && !value.equals(standard)) {
            map.put(name, plain(value));
        }
        return this;
    }

    private static Object plain(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof URI ? value.toString() : value;
    }

    /** The settings in the order in which they were put. */
    public Map<String, Object> toMap() {
        return new LinkedHashMap<>(map);
    }
}
