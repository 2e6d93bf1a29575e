// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers requests: one class for each group of verbs does the work. Not safe for concurrent use. */
public final class ApiServer {
    private final Store store;
    private final Access access;
    private final Discovery discovery;
    private final Reads reads;
    private final Writes writes;
    private final Patches patches;
    private final Deletes deletes;
    private final Evictions evictions;

    public ApiServer(Store store, Access access) {
        this.store = store;
        this.access = access;
        this.discovery = new Discovery(store.kinds());
        this.reads = new Reads(store);
        this.writes = new Writes(store);
        this.patches = new Patches(store, writes);
        this.deletes = new Deletes(store, reads);
        this.evictions = new Evictions(store);
    }

    /**
     * @param version version of the control plane, such as {@code 1.35.3}
     * @param suffix what the managed service adds to it
     * @param before receives the kind of the objects in a request before it is processed
     * @throws ApiError when the request is refused
     */
    public Answer handle(Request request, String version, String suffix, Consumer<String> before) throws IOException {
        if (request.path().equals(List.of("version"))) {
            return Discovery.version(version, suffix);
        }
        Optional<Answer> discovered = request.reads() ? discovery.find(request.path()) : Optional.empty();
        if (discovered.isPresent()) {
            return discovered.get();
        }
        Target target = Target.of(request.path(), store.kinds());
        before.accept(target.kind().name());
        if (target.kind().group().equals("authorization.k8s.io")) {
            return access.review(request.object());
        }
        access.check(target.verb(request), target);
        return switch (request.method()) {
            case "GET" -> target.name() == null ? reads.list(target, request) : reads.get(target);
            case "POST" -> target.isEviction() ? evictions.evict(target, request) : writes.create(target, request);
            case "PUT" -> writes.replace(target, request);
            case "PATCH" -> patches.patch(target, request);
            case "DELETE" ->
                target.name() == null ? deletes.deleteAll(target, request) : deletes.delete(target, request);
            default -> throw new ApiError(405, "MethodNotAllowed", "the server does not allow this method");
        };
    }
}
