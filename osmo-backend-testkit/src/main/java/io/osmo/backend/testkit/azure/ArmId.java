// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an address of ARM points to.
 *
 * @param text the id with single slashes, without an action
 * @param scope what stands before the last {@code /providers/}: a subscription, a group or a resource that is extended
 * @param type namespace and type in the spelling of the caller
 * @param names a name for each part of the type; one fewer for a collection
 * @param collection whether it is all resources of the type
 * @param action what is to be done to the resource, of a {@code POST}
 */
record ArmId(String text, String scope, String type, List<String> names, boolean collection, Optional<String> action) {
    static final String GROUPS = "Microsoft.Resources/resourceGroups";
    static final String SUBSCRIPTIONS = "Microsoft.Resources/subscriptions";
    static final String PROVIDERS = "Microsoft.Resources/providers";

    /** The id of a resource. */
    static ArmId of(String text) {
        return parse("GET", text);
    }

    static ArmId parse(String method, String path) {
        List<String> parts = Arrays.stream(path.split("/+", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        for (int i = parts.size() - 2; i >= 0; i--) {
            if (i % 2 == 0 && parts.get(i).equalsIgnoreCase("providers")) {
                return provided(method, parts, i);
            }
        }
        return builtIn(method, parts);
    }

    private static ArmId builtIn(String method, List<String> parts) {
        int size = parts.size();
        if (size % 2 == 1 && method.equals("POST")) {
            return new ArmId(
                    join(parts.subList(0, size - 1)),
                    "",
                    size == 3 ? SUBSCRIPTIONS : GROUPS,
                    List.of(parts.get(size - 2)),
                    false,
                    Optional.of(parts.get(size - 1)));
        }
        String last =
                size == 0 ? "" : parts.get(size % 2 == 1 ? size - 1 : size - 2).toLowerCase(Locale.ROOT);
        String type = switch (last) {
            case "resourcegroups" -> GROUPS;
            case "subscriptions" -> SUBSCRIPTIONS;
            case "providers" -> PROVIDERS;
            default -> "Microsoft.Resources/" + last;
        };
        boolean collection = size % 2 == 1;
        return new ArmId(
                join(parts),
                join(parts.subList(0, Math.max(0, size - (collection ? 1 : 2)))),
                type,
                collection ? List.of() : List.of(parts.get(size - 1)),
                collection,
                Optional.empty());
    }

    private static ArmId provided(String method, List<String> parts, int providers) {
        String scope = join(parts.subList(0, providers));
        String namespace = parts.get(providers + 1);
        List<String> tail = parts.subList(providers + 2, parts.size());
        Optional<String> action = Optional.empty();
        if (method.equals("POST") && tail.size() % 2 == 1) {
            action = Optional.of(tail.get(tail.size() - 1));
            tail = tail.subList(0, tail.size() - 1);
        }
        if (tail.isEmpty()
                && (action.isEmpty() || action.get().toLowerCase(Locale.ROOT).endsWith("register"))) {
            return new ArmId(scope + "/providers/" + namespace, scope, PROVIDERS, List.of(namespace), false, action);
        }
        if (tail.isEmpty()) {
            return new ArmId(join(parts), scope, namespace + "/" + action.get(), List.of(), true, Optional.empty());
        }
        List<String> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < tail.size(); i++) {
            (i % 2 == 0 ? types : names).add(tail.get(i));
        }
        String type = namespace + "/" + String.join("/", types);
        String features = "/providers/microsoft.features";
        if (scope.toLowerCase(Locale.ROOT).endsWith(features)) {
            names.add(0, namespace);
            type = "Microsoft.Features/providers/" + String.join("/", types);
            scope = scope.substring(0, scope.length() - features.length());
        }
        List<String> all = parts.subList(0, parts.size() - (action.isPresent() ? 1 : 0));
        return new ArmId(join(all), scope, type, List.copyOf(names), tail.size() % 2 == 1, action);
    }

    private static String join(List<String> parts) {
        return parts.stream().map(part -> "/" + part).collect(Collectors.joining());
    }

    /** Ids differ in case and are the same. */
    static String key(String id) {
        return id.replaceAll("/+", "/").replaceAll("/$", "").toLowerCase(Locale.ROOT);
    }

    String key() {
        return key(text);
    }

    String namespace() {
        return type.substring(0, type.indexOf('/'));
    }

    /** Name of the resource itself. */
    String name() {
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    String subscription() {
        return part(0, "subscriptions");
    }

    /** Name of the resource group, empty outside of one. */
    String group() {
        return part(2, "resourcegroups");
    }

    private String part(int index, String kind) {
        String[] parts = text.split("/", -1);
        return parts.length > index + 2 && parts[index + 1].equalsIgnoreCase(kind) ? parts[index + 2] : "";
    }

    /** Id of the resource that this one is part of, or of the group, subscription or resource that it stands in. */
    String parent() {
        return names.size() > 1 && !collection || names.size() > 0 && collection
                ? text.substring(0, text.lastIndexOf('/', collection ? text.length() : text.lastIndexOf('/') - 1))
                : scope;
    }

    /** Whether it is part of a resource of the same namespace. */
    boolean isChild() {
        return type.indexOf('/') != type.lastIndexOf('/') && !names.isEmpty();
    }
}
