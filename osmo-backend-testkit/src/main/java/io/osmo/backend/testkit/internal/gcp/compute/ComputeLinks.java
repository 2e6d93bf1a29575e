// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links from one resource of Compute to another: URLs, full or partial, in any field of text. */
final class ComputeLinks {
    private static final String ROOT = "https://www.googleapis.com/compute/v1/";
    private static final Pattern LINK = Pattern.compile("(?:https://(?:www|compute)\\.googleapis\\.com/compute/[^/]+/)?"
            + "(?:projects/([^/]+)/)?((?:global|regions/[^/]+|zones/[^/]+)/([A-Za-z]+)/[^/]+)");

    private final GcpProject project;

    ComputeLinks(GcpProject project) {
        this.project = project;
    }

    static String url(String path) {
        return ROOT + path;
    }

    /** The path that a link leads to; empty if the text is not a link. */
    Optional<String> target(String link) {
        Matcher matcher = LINK.matcher(link);
        if (!matcher.matches() || !ResourceKinds.exists(matcher.group(3))) {
            return Optional.empty();
        }
        String owner = matcher.group(1);
        return Optional.of(
                owner != null && !owner.equals(project.id()) && project.isVisible(owner)
                        ? "projects/" + owner + "/" + matcher.group(2)
                        : project.path(matcher.group(2)));
    }

    /** The paths that a resource links to. */
    Set<String> of(Message resource) {
        Set<String> links = new TreeSet<>();
        resource.getAllFields().forEach((field, value) -> {
            if (!field.getName().equals("self_link")) {
                for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                    if (one instanceof Message message) {
                        links.addAll(of(message));
                    } else if (one instanceof String text && text.startsWith(ROOT)) {
                        target(text).ifPresent(links::add);
                    }
                }
            }
        });
        return links;
    }

    /** Writes all links as full URLs. Refused if one leads nowhere, or to something that is not ready yet. */
    Message complete(Message resource, ComputeResources all) {
        return map(resource, (field, text) -> {
            Optional<String> path = target(text);
            path.ifPresent(p -> {
                if (all.find(p).isEmpty()) {
                    throw GcpError.invalid("Invalid value for field 'resource." + field.getJsonName() + "': '" + text
                            + "'. The referenced " + ResourceKinds.singular(ResourceNames.collection(p))
                            + " resource cannot be found.");
                }
                all.requireReady(p);
            });
            return path.map(ComputeLinks::url).orElse(text);
        });
    }

    private interface TextMapper {
        String apply(FieldDescriptor field, String text);
    }

    private static Message map(Message resource, TextMapper mapper) {
        Message.Builder builder = resource.toBuilder();
        resource.getAllFields().forEach((field, value) -> {
            if (field.getName().equals("self_link") || field.isMapField()) {
                return;
            }
            UnaryOperator<Object> mapped = one -> one instanceof Message message
                    ? map(message, mapper)
                    : one instanceof String text ? mapper.apply(field, text) : one;
            if (value instanceof List<?> values) {
                for (int i = 0; i < values.size(); i++) {
                    builder.setRepeatedField(field, i, mapped.apply(values.get(i)));
                }
            } else {
                builder.setField(field, mapped.apply(value));
            }
        });
        return builder.build();
    }
}
