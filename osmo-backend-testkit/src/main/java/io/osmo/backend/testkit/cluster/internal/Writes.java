// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Kinds.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Create and replace, and what every write needs: the right kind, a good name, a namespace that exists. */
final class Writes {
    private static final String NAME = "[a-z0-9]([-a-z0-9.]*[a-z0-9])?";

    private final Store store;

    Writes(Store store) {
        this.store = store;
    }

    Answer create(Target target, Request request) throws IOException {
        ObjectNode object = request.object();
        prepare(target, object);
        Kind kind = target.kind();
        if (store.all(kind).containsKey(Store.key(object))) {
            String name = object.at("/metadata/name").asText();
            throw new ApiError(409, "AlreadyExists", kind.qualified() + " \"" + name + "\" already exists");
        }
        Validation.check(kind, object, null);
        refuseTerminating(target, object);
        if (kind.name().equals("Pod")) {
            PodAdmission.check(object, store.find("Namespace", "", target.namespace()), store.now());
        }
        ManagedFields.own(object, null, request.manager(), "Update", FieldOwnership.fields(object), store.timestamp());
        return new Answer(201, store.create(kind, object, request.dryRun()));
    }

    Answer replace(Target target, Request request) throws IOException {
        ObjectNode object = request.object();
        ObjectNode old = store.get(target);
        prepare(target, object);
        String known = object.at("/metadata/resourceVersion").asText("");
        if (!known.isEmpty()
                && !known.equals(old.at("/metadata/resourceVersion").asText())) {
            throw new ApiError(
                    409,
                    "Conflict",
                    "Operation cannot be fulfilled on " + target.kind().qualified() + " \"" + target.name()
                            + "\": the object has been modified; please apply your changes to the latest version and try"
                            + " again");
        }
        return update(target, old, object, request);
    }

    /** Stores a changed object; the caller owns what has changed. */
    Answer update(Target target, ObjectNode old, ObjectNode object, Request request) {
        Validation.check(target.kind(), object, old);
        keepIdentity(object, old);
        Set<List<String>> changed = FieldOwnership.fields(object).stream()
                .filter(path -> !FieldOwnership.at(object, path).equals(FieldOwnership.at(old, path)))
                .collect(Collectors.toSet());
        ManagedFields.own(object, old, request.manager(), "Update", changed, store.timestamp());
        return new Answer(200, store.update(target.kind(), old, object, request.dryRun()));
    }

    /** Nothing new comes into a namespace that is being deleted. */
    void refuseTerminating(Target target, ObjectNode object) {
        ObjectNode namespace = target.kind().namespaced() ? store.find("Namespace", "", target.namespace()) : null;
        if (namespace != null && namespace.at("/metadata").hasNonNull("deletionTimestamp")) {
            String name = object.at("/metadata/name").asText();
            throw new ApiError(
                    403,
                    "Forbidden",
                    target.kind().qualified() + " \"" + name + "\" is forbidden: unable to create new content in"
                            + " namespace " + target.namespace() + " because it is being terminated",
                    List.of(Map.of("reason", "NamespaceTerminating", "field", "metadata.namespace")));
        }
    }

    static void keepIdentity(ObjectNode object, ObjectNode old) {
        for (String field : List.of("uid", "creationTimestamp", "generation")) {
            object.withObject("/metadata").set(field, old.at("/metadata/" + field));
        }
    }

    void prepare(Target target, ObjectNode object) {
        Kind kind = target.kind();
        if (!object.path("kind").asText(kind.name()).equals(kind.name())
                || !object.path("apiVersion").asText(kind.apiVersion()).equals(kind.apiVersion())) {
            throw badRequest(object.path("kind").asText() + " in version \""
                    + object.path("apiVersion").asText() + "\" cannot be handled as a " + kind.name());
        }
        object.put("kind", kind.name()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = object.withObject("/metadata");
        prepareName(target, metadata);
        if (kind.namespaced()) {
            String namespace = metadata.path("namespace").asText(target.namespace());
            if (!namespace.equals(target.namespace())) {
                throw badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            if (store.find("Namespace", "", namespace) == null) {
                throw new ApiError(404, "NotFound", "namespaces \"" + namespace + "\" not found");
            }
            metadata.put("namespace", namespace);
        }
    }

    private void prepareName(Target target, ObjectNode metadata) {
        if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
            String suffix = Long.toString(100_000 + store.resourceVersion(), 36);
            metadata.put("name", metadata.path("generateName").asText() + suffix);
        }
        String name = metadata.path("name").asText("");
        if (target.name() != null && !target.name().equals(name)) {
            throw badRequest("the name of the object (" + name + ") does not match the name on the URL");
        }
        if (!target.kind().group().startsWith("rbac.") && (!name.matches(NAME) || name.length() > 253)) {
            throw ApiError.invalid(
                    target.kind(),
                    name,
                    "metadata.name",
                    "Invalid value: \"" + name + "\": a lowercase RFC 1123 subdomain must consist of lower case"
                            + " alphanumeric characters, '-' or '.'");
        }
    }

    private static ApiError badRequest(String message) {
        return new ApiError(400, "BadRequest", message);
    }
}
