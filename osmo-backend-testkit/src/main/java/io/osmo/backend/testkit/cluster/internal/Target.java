// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import io.osmo.backend.testkit.cluster.internal.Kinds.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path points to.
 *
 * @param namespace empty for all namespaces and for what is in none
 * @param name null for all objects of the kind
 * @param subresource empty for the object itself
 */
record Target(Kind kind, String namespace, @Nullable String name, String subresource) {
    static Target of(List<String> path, Kinds kinds) {
        boolean core = !path.isEmpty() && path.get(0).equals("api");
        int rest = core ? 2 : 3;
        if (path.size() <= rest || !(core || path.get(0).equals("apis"))) {
            throw ApiError.unknownPath();
        }
        String group = core ? "" : path.get(1);
        String version = path.get(rest - 1);
        List<String> tail = path.subList(rest, path.size());
        String namespace = "";
        if (tail.get(0).equals("namespaces")
                && tail.size() > 2
                && !tail.get(2).equals("finalize")
                && !tail.get(2).equals("status")) {
            namespace = tail.get(1);
            tail = tail.subList(2, tail.size());
        }
        Kind kind = kinds.find(group, version, tail.get(0)).orElseThrow(ApiError::unknownPath);
        return new Target(kind, namespace, tail.size() > 1 ? tail.get(1) : null, tail.size() > 2 ? tail.get(2) : "");
    }

    /** Whether this is the eviction of a pod. */
    boolean isEviction() {
        return kind.name().equals("Pod") && subresource.equals("eviction");
    }

    /** The resource that roles name, such as {@code pods/eviction}. */
    String resource() {
        return isEviction() ? kind.qualified() + "/" + subresource : kind.qualified();
    }

    /** The verb that roles name. */
    String verb(Request request) {
        return switch (request.method()) {
            case "GET" -> name != null ? "get" : request.has("watch", "true") ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            default -> name == null ? "deletecollection" : "delete";
        };
    }
}
