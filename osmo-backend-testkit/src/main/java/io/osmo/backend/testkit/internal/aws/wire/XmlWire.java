// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Responses of the query protocols. */
final class XmlWire {
    private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    XmlWire open(String name) {
        xml.append('<').append(name).append('>');
        return this;
    }

    XmlWire close(String name) {
        xml.append("</").append(name).append('>');
        return this;
    }

    XmlWire text(String name, String text) {
        open(name);
        text.codePoints().forEach(this::character);
        return close(name);
    }

    private void character(int point) {
        switch (point) {
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '&' -> xml.append("&amp;");
            case '\r' -> xml.append("&#13;");
            // XML has no way to write other control characters.
            default -> xml.appendCodePoint(point < ' ' && point != '\t' && point != '\n' ? '\uFFFD' : point);
        }
    }

    XmlWire members(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (Values.isPresent(value)) {
                member(field, value);
            }
        }
        return this;
    }

    private void member(SdkField<?> field, Object value) {
        String name = field.unmarshallLocationName();
        if (value instanceof List<?> list) {
            ListTrait trait = field.getRequiredTrait(ListTrait.class);
            String item = Optional.ofNullable(trait.memberLocationName()).orElse("member");
            if (!trait.isFlattened()) {
                open(name);
            }
            list.forEach(each -> element(trait.isFlattened() ? name : item, trait.memberFieldInfo(), each));
            if (!trait.isFlattened()) {
                close(name);
            }
        } else {
            element(name, field, value);
        }
    }

    private void element(String name, SdkField<?> field, Object value) {
        if (value instanceof SdkPojo pojo) {
            open(name).members(pojo).close(name);
        } else if (value instanceof Map<?, ?> map) {
            MapTrait trait = field.getRequiredTrait(MapTrait.class);
            open(name);
            map.forEach((key, item) -> {
                open("entry").text(trait.keyLocationName(), String.valueOf(key));
                element(trait.valueLocationName(), trait.valueFieldInfo(), item);
                close("entry");
            });
            close(name);
        } else if (value instanceof List<?> list) {
            ListTrait trait = field.getRequiredTrait(ListTrait.class);
            open(name);
            list.forEach(each -> element("member", trait.memberFieldInfo(), each));
            close(name);
        } else {
            text(name, Values.print(value));
        }
    }

    @Override
    public String toString() {
        return xml.toString();
    }
}
