// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The four kinds of patches, server-side apply among them. */
final class Patches {
    private final Store store;
    private final Writes writes;

    Patches(Store store, Writes writes) {
        this.store = store;
        this.writes = writes;
    }

    Answer patch(Target target, Request request) throws IOException {
        String type = request.contentType();
        if (type.startsWith("application/apply-patch+yaml")) {
            if (!request.query().containsKey("fieldManager")) {
                throw new ApiError(400, "BadRequest", "fieldManager: Required value: is required for apply patch");
            }
            return apply(target, request.object(), request);
        }
        ObjectNode old = store.get(target);
        ObjectNode patched = old.deepCopy();
        if (type.startsWith("application/json-patch+json")) {
            JsonPatch.apply(patched, Json.MAPPER.readTree(request.body()));
        } else if (type.startsWith("application/merge-patch+json")) {
            JsonPatch.merge(patched, Json.MAPPER.readTree(request.body()));
        } else if (type.startsWith("application/strategic-merge-patch+json")) {
            FieldOwnership.merge(patched, Json.MAPPER.readTree(request.body()));
            JsonPatch.dropNulls(patched);
        } else {
            throw new ApiError(
                    415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + type);
        }
        return writes.update(target, old, patched, request);
    }

    private Answer apply(Target target, ObjectNode applied, Request request) {
        if (!applied.at("/metadata/managedFields").isMissingNode()) {
            throw new ApiError(400, "BadRequest", "metadata.managedFields must be nil");
        }
        applied.withObject("/metadata").put("name", String.valueOf(target.name()));
        applied.withObject("/metadata").remove(List.of("resourceVersion", "uid", "creationTimestamp"));
        writes.prepare(target, applied);
        String manager = request.manager();
        Set<List<String>> wanted = FieldOwnership.fields(applied);
        ObjectNode old = store.all(target.kind()).get(Store.key(applied));
        if (old == null) {
            Validation.check(target.kind(), applied, null);
            writes.refuseTerminating(target, applied);
            ManagedFields.own(applied, null, manager, "Apply", wanted, store.timestamp());
            return new Answer(201, store.create(target.kind(), applied, request.dryRun()));
        }
        if (!request.has("force", "true")) {
            ManagedFields.refuseConflicts(old, applied, wanted, manager);
        }
        ObjectNode merged = old.deepCopy();
        FieldOwnership.merge(merged, applied);
        ManagedFields.removeAbandoned(merged, old, wanted, manager);
        Validation.check(target.kind(), merged, old);
        Writes.keepIdentity(merged, old);
        ManagedFields.own(merged, old, manager, "Apply", wanted, store.timestamp());
        return new Answer(200, store.update(target.kind(), old, merged, request.dryRun()));
    }
}
