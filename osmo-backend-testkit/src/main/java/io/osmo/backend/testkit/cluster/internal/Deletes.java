// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Kinds.Kind;

/** Delete, of one object and of a collection. */
final class Deletes {
    private final Store store;
    private final Reads reads;

    Deletes(Store store, Reads reads) {
        this.store = store;
        this.reads = reads;
    }

    Answer delete(Target target, Request request) {
        ObjectNode found = store.get(target);
        if (!request.dryRun()) {
            store.delete(target.kind(), found);
        }
        return success(target.kind(), String.valueOf(target.name()));
    }

    Answer deleteAll(Target target, Request request) {
        reads.selected(target, request).forEach(e -> store.delete(target.kind(), e.getValue()));
        return success(target.kind(), "");
    }

    private static Answer success(Kind kind, String name) {
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
        status.putObject("details").put("name", name).put("kind", kind.plural()).put("group", kind.group());
        return new Answer(200, status);
    }
}
