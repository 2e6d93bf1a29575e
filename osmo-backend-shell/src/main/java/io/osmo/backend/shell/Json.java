// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.Backend;
import io.osmo.backend.spec.BackendRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of results that have no {@code toJson} method. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String of(List<BackendRef> refs) {
        return write(refs.stream().map(BackendRef::toString).toList());
    }

    static String of(Backend backend) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("backend", backend.ref().toString());
        backend.access().ifPresent(access -> values.put("endpoint", access.endpoint()));
        values.put(
                "fallbacks",
                backend.fallbacks().stream()
                        .map(fallback -> Map.of("pool", fallback.pool(), "from", fallback.from(), "to", fallback.to()))
                        .toList());
        values.put(
                "missing",
                backend.missing().stream()
                        .map(outcome -> Map.of("resource", outcome.resource().toString(), "detail", outcome.detail()))
                        .toList());
        values.put(
                "leftovers", backend.leftovers().stream().map(Object::toString).toList());
        return write(values);
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
