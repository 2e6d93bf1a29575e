// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Requests of the query protocols, in which {@code Filter.1.Value.2=x} sets an item of a list in an item of a list. EC2 leaves out the
 * {@code member} that the others have between a list and its numbers.
 */
final class FormWire {
    private final boolean ec2;

    FormWire(boolean ec2) {
        this.ec2 = ec2;
    }

    /** One part of a dotted name, with what follows it. */
    private static final class Part {
        private final Map<String, Part> parts = new LinkedHashMap<>();
        private String text = "";

        Part at(String name) {
            return parts.computeIfAbsent(name, key -> new Part());
        }

        /** Items in the order of their numbers. */
        List<Part> items() {
            Map<Integer, Part> items = new TreeMap<>();
            parts.forEach((number, part) -> {
                if (!number.matches("[1-9][0-9]{0,5}")) {
                    throw new IllegalArgumentException("'" + number + "' is not the number of an item");
                }
                items.put(Integer.valueOf(number), part);
            });
            return List.copyOf(items.values());
        }
    }

    /** @throws WireRefusal or IllegalArgumentException if EC2 does not know a parameter, or it does not fit the request */
    void read(Map<String, List<String>> parameters, SdkPojo builder) {
        Part root = new Part();
        parameters.forEach((name, values) -> {
            if (!name.equals("Action") && !name.equals("Version")) {
                Part at = root;
                for (String step : name.split("\\.", -1)) {
                    at = at.at(step);
                }
                at.text = values.get(0);
            }
        });
        structure(root, builder);
    }

    private void structure(Part part, SdkPojo builder) {
        Map<String, Part> left = new LinkedHashMap<>(part.parts);
        for (SdkField<?> field : builder.sdkFields()) {
            Part value = left.remove(field.locationName());
            if (value != null) {
                field.set(builder, value(field, value));
            }
        }
        if (ec2 && !left.isEmpty()) {
            throw new WireRefusal(
                    400,
                    "UnknownParameter",
                    "The parameter " + left.keySet().iterator().next() + " is not recognized");
        }
    }

    private Object value(SdkField<?> field, Part part) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                structure(part, builder);
                yield Values.build(builder);
            }
            case LIST -> {
                ListTrait list = field.getRequiredTrait(ListTrait.class);
                boolean flat = ec2 || list.isFlattened() || part.parts.isEmpty();
                SdkField<?> member = list.memberFieldInfo();
                List<Object> items = new ArrayList<>();
                (flat ? part : part.at(member.locationName())).items().forEach(item -> items.add(value(member, item)));
                yield items;
            }
            case MAP -> {
                MapTrait map = field.getRequiredTrait(MapTrait.class);
                Map<String, Object> entries = new LinkedHashMap<>();
                (map.isFlattened() || part.parts.isEmpty() ? part : part.at("entry"))
                        .items()
                        .forEach(entry -> entries.put(
                                entry.at(map.keyLocationName()).text,
                                value(map.valueFieldInfo(), entry.at(map.valueLocationName()))));
                yield entries;
            }
            default -> Values.parse(field, part.text);
        };
    }
}
