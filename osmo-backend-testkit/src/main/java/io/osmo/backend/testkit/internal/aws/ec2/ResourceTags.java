// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.aws.TagRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.ec2.model.*;

/** Tags of EC2's resources by id. */
public final class ResourceTags {
    private final Map<String, Map<String, String>> tags = new HashMap<>();

    /** Tags of a resource, by key. */
    public Map<String, String> all(String id) {
        return tags.getOrDefault(id, Map.of());
    }

    /** Tags of a resource in EC2's own type. */
    List<Tag> of(String id) {
        return all(id).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    public void forEach(BiConsumer<String, Map<String, String>> action) {
        tags.forEach(action);
    }

    public void remove(String id) {
        tags.remove(id);
    }

    /** Adds tags that a caller gives. */
    void put(String id, List<Tag> added) {
        Map<String, String> current = tags.computeIfAbsent(id, key -> new TreeMap<>());
        Map<String, String> given = new TreeMap<>();
        added.forEach(tag -> given.put(tag.key(), tag.value()));
        Map<String, String> merged = new TreeMap<>(current);
        merged.putAll(given);
        TagRules.check(
                given,
                merged,
                message -> Ec2Errors.of("InvalidParameterValue", message),
                message -> Ec2Errors.of("TagLimitExceeded", message));
        current.putAll(merged);
    }

    /** Adds tags as a service does itself, with keys that callers may not use. */
    public void putAsService(String id, Map<String, String> added) {
        tags.computeIfAbsent(id, key -> new TreeMap<>()).putAll(added);
    }

    /** The tags in a request that creates one resource. */
    static List<Tag> requested(String resourceType, List<TagSpecification> specifications) {
        List<Tag> requested = new ArrayList<>();
        for (TagSpecification specification : specifications) {
            if (!resourceType.equals(specification.resourceTypeAsString())) {
                throw Ec2Errors.of(
                        "InvalidParameterValue",
                        "'" + specification.resourceTypeAsString()
                                + "' is not a valid taggable resource type for this operation.");
            }
            requested.addAll(specification.tags());
        }
        return requested;
    }

    /** The type of a resource, as filters name it, by its id. */
    public static String type(String id) {
        return switch (id.substring(0, id.lastIndexOf('-'))) {
            case "vpc" -> "vpc";
            case "subnet" -> "subnet";
            case "igw" -> "internet-gateway";
            case "eipalloc" -> "elastic-ip";
            case "nat" -> "natgateway";
            case "rtb" -> "route-table";
            case "vpce" -> "vpc-endpoint";
            case "sg" -> "security-group";
            case "eni" -> "network-interface";
            case "lt" -> "launch-template";
            case "i" -> "instance";
            case "vol" -> "volume";
            case "pg" -> "placement-group";
            default -> "capacity-reservation";
        };
    }
}
