// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** What a request of any service says, under whatever names its service has for it. */
final class RequestValues {
    private RequestValues() {}

    /** A text by the name of its member, in any case. */
    static Optional<String> text(Object request, String member) {
        return members(request)
                .filter(entry -> entry.getKey().equalsIgnoreCase(member))
                .map(Map.Entry::getValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    /** All texts, those in lists too. */
    static Stream<String> texts(Object request) {
        return members(request)
                .map(Map.Entry::getValue)
                .flatMap(value -> value instanceof Collection<?> list ? list.stream() : Stream.of(value))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** Tags, which are a map, or a list of keys and values, or such lists for types of resources. */
    static Map<String, String> tags(Object request) {
        Map<String, String> tags = new TreeMap<>();
        members(request)
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).contains("tag"))
                .forEach(entry -> collect(entry.getValue(), tags));
        return tags;
    }

    private static void collect(Object value, Map<String, String> tags) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, tag) -> tags.put(String.valueOf(key), String.valueOf(tag)));
        } else if (value instanceof Collection<?> list) {
            list.forEach(each -> {
                Optional<String> key = text(each, "key").or(() -> text(each, "tagKey"));
                key.ifPresentOrElse(
                        name -> tags.put(
                                name,
                                text(each, "value")
                                        .or(() -> text(each, "tagValue"))
                                        .orElse("")),
                        () -> tags.putAll(tags(each)));
            });
        }
    }

    private static Stream<Map.Entry<String, Object>> members(Object request) {
        return request instanceof SdkPojo pojo
                ? pojo.sdkFields().stream()
                        .flatMap((SdkField<?> field) ->
                                Optional.<Object>ofNullable(field.getValueOrDefault(pojo)).stream()
                                        .map(value -> Map.entry(field.memberName(), value)))
                : Stream.empty();
    }
}
