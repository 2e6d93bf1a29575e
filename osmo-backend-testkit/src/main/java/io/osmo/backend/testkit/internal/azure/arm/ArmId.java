// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the path of an address refers to.
 *
 * @param text the id with single slashes, without an action
 * @param scope what precedes the last {@code /providers/}: a subscription, a group or a resource that is extended
 * @param type namespace and type as the caller spells them
 * @param names a name for each part of the type; one fewer for a collection
 * @param collection whether it is all resources of the type
 * @param action what a {@code POST} does to the resource
 */
public record ArmId(
        String text, String scope, String type, List<String> names, boolean collection, Optional<String> action) {
    public static final String GROUPS = "Microsoft.Resources/resourceGroups";
    public static final String SUBSCRIPTIONS = "Microsoft.Resources/subscriptions";
    public static final String PROVIDERS = "Microsoft.Resources/providers";
    private static final String FEATURES = "/providers/microsoft.features";

    /** The id of a resource. */
    public static ArmId of(String text) {
        return parse("GET", text);
    }

    static ArmId parse(String method, String path) {
        List<String> parts = parts(path);
        for (int i = parts.size() - 2; i >= 0; i--) {
            if (i % 2 == 0 && parts.get(i).equalsIgnoreCase("providers")) {
                return provided(method, parts, i);
            }
        }
        return builtIn(method, parts);
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(decode(part));
            }
        }
        return parts;
    }

    private static String decode(String part) {
        return part.indexOf('%') < 0 ? part : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static ArmId builtIn(String method, List<String> parts) {
        int size = parts.size();
        boolean odd = size % 2 == 1;
        if (odd && method.equals("POST")) {
            return new ArmId(
                    join(parts.subList(0, size - 1)),
                    "",
                    size == 3 ? SUBSCRIPTIONS : GROUPS,
                    List.of(parts.get(size - 2)),
                    false,
                    Optional.of(parts.get(size - 1)));
        }
        String last = size == 0 ? "" : parts.get(odd ? size - 1 : size - 2).toLowerCase(Locale.ROOT);
        String type = switch (last) {
            case "resourcegroups" -> GROUPS;
            case "subscriptions" -> SUBSCRIPTIONS;
            case "providers" -> PROVIDERS;
            default -> "Microsoft.Resources/" + last;
        };
        return new ArmId(
                join(parts),
                join(parts.subList(0, Math.max(0, size - (odd ? 1 : 2)))),
                type,
                odd ? List.of() : List.of(parts.get(size - 1)),
                odd,
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
        if (scope.toLowerCase(Locale.ROOT).endsWith(FEATURES)) {
            names.add(0, namespace);
            type = "Microsoft.Features/providers/" + String.join("/", types);
            scope = scope.substring(0, scope.length() - FEATURES.length());
        }
        List<String> all = parts.subList(0, parts.size() - (action.isPresent() ? 1 : 0));
        return new ArmId(join(all), scope, type, List.copyOf(names), tail.size() % 2 == 1, action);
    }

    private static String join(List<String> parts) {
        return parts.isEmpty() ? "" : "/" + String.join("/", parts);
    }

    /** The same for all spellings of an id: case does not matter, nor do repeated slashes. */
    public static String key(String id) {
        String single = id.contains("//") ? id.replaceAll("/+", "/") : id;
        String trimmed = single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
        return trimmed.toLowerCase(Locale.ROOT);
    }

    public String key() {
        return key(text);
    }

    public String namespace() {
        return type.substring(0, type.indexOf('/'));
    }

    /** Name of the resource itself. */
    public String name() {
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    String subscription() {
        return part(0, "subscriptions");
    }

    /** Name of the resource group; empty outside of one. */
    public String group() {
        return part(2, "resourcegroups");
    }

    private String part(int index, String kind) {
        String[] parts = text.split("/", -1);
        return parts.length > index + 2 && parts[index + 1].equalsIgnoreCase(kind) ? parts[index + 2] : "";
    }

    /** Id of the resource that this one is part of, or of the group, subscription or resource that it is in. */
    public String parent() {
        return names.size() > 1 && !collection || !names.isEmpty() && collection
                ? text.substring(0, text.lastIndexOf('/', collection ? text.length() : text.lastIndexOf('/') - 1))
                : scope;
    }

    /** The id of a child of this resource. */
    public ArmId child(String childType, String childName) {
        return of(text + "/" + childType + "/" + childName);
    }

    /** Whether it is part of a resource of the same namespace. */
    public boolean isChild() {
        return type.indexOf('/') != type.lastIndexOf('/') && !names.isEmpty();
    }
}
