// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Kinds.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the server says of itself: its version, its groups, its resources. */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update");

    private final Kinds kinds;

    Discovery(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * @param version such as {@code 1.35.3}
     * @param suffix what the managed service adds
     */
    static Answer version(String version, String suffix) {
        String[] parts = version.split("\\.", -1);
        return new Answer(
                200,
                Json.MAPPER
                        .createObjectNode()
                        .put("major", parts[0])
                        .put("minor", parts[1])
                        .put("gitVersion", "v" + version + suffix)
                        .put("gitCommit", "3025e55")
                        .put("gitTreeState", "clean")
                        .put("buildDate", "2026-11-01T00:00:00Z")
                        .put("goVersion", "go1.25.4")
                        .put("compiler", "gc")
                        .put("platform", "linux/amd64"));
    }

    /** Empty when the path is not one of discovery. */
    Optional<Answer> find(List<String> path) {
        if (path.equals(List.of("api"))) {
            ObjectNode versions = Json.MAPPER.createObjectNode().put("kind", "APIVersions");
            versions.putArray("versions").add("v1");
            return Optional.of(new Answer(200, versions));
        }
        if (path.equals(List.of("apis"))) {
            return Optional.of(new Answer(200, groups()));
        }
        boolean apis = !path.isEmpty() && path.get(0).equals("apis");
        if (path.size() == 2
                && apis
                && kinds.all().stream().anyMatch(k -> k.group().equals(path.get(1)))) {
            return Optional.of(new Answer(200, group(path.get(1))));
        }
        if (path.size() == 2 && path.get(0).equals("api")) {
            return Optional.of(new Answer(200, resources("", path.get(1))));
        }
        return path.size() == 3 && apis
                ? Optional.of(new Answer(200, resources(path.get(1), path.get(2))))
                : Optional.empty();
    }

    private ObjectNode groups() {
        ObjectNode groups =
                Json.MAPPER.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode list = groups.putArray("groups");
        kinds.all().stream()
                .map(Kind::group)
                .filter(g -> !g.isEmpty())
                .distinct()
                .forEach(g -> list.add(group(g)));
        return groups;
    }

    private ObjectNode group(String name) {
        ObjectNode group = Json.MAPPER
                .createObjectNode()
                .put("kind", "APIGroup")
                .put("apiVersion", "v1")
                .put("name", name);
        ArrayNode versions = group.putArray("versions");
        kinds.all().stream()
                .filter(k -> k.group().equals(name))
                .map(Kind::version)
                .distinct()
                .forEach(v ->
                        versions.addObject().put("groupVersion", name + "/" + v).put("version", v));
        group.set("preferredVersion", versions.get(0));
        return group;
    }

    private ObjectNode resources(String group, String version) {
        ObjectNode list = Json.MAPPER
                .createObjectNode()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        kinds.all().stream()
                .filter(k -> k.group().equals(group) && k.version().equals(version))
                .forEach(k -> {
                    ObjectNode resource = resources.addObject();
                    resource.put("name", k.plural())
                            .put("singularName", k.name().toLowerCase(Locale.ROOT))
                            .put("namespaced", k.namespaced())
                            .put("kind", k.name());
                    VERBS.forEach(resource.putArray("verbs")::add);
                });
        if (resources.isEmpty()) {
            throw ApiError.unknownPath();
        }
        return list;
    }
}
