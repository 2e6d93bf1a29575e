// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.cloud.compute.v1.Operation;
import com.google.protobuf.Message;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object in Compute Engine. Each change is an operation that continues after the call: the object may be visible before it is
 * complete, and only the operation has the reason of a failure.
 *
 * @param <M> Google's model of the object
 */
public abstract class ComputeResource<M extends Message> extends GcpResource<ComputeObject>
        implements Resource<ComputeObject> {
    /** Permissions have other verbs than the types of operations. */
    private static final Map<String, String> VERBS = Map.of("insert", "create", "patch", "update");

    private final Class<M> model;
    private final M nothing;

    /** @param nothing represents an object that is not visible yet */
    protected ComputeResource(
            GcpContext context, ResourceId id, M nothing, Set<ResourceId> after, Timing timing, String description) {
        super(context, id, ComputeObject.class, after, timing, description);
        this.nothing = nothing;
        @SuppressWarnings("unchecked")
        Class<M> type = (Class<M>) nothing.getClass();
        this.model = type;
    }

    protected abstract Optional<M> find();

    /** Whether its operations belong to the region rather than to the whole project. */
    protected boolean isRegional() {
        return true;
    }

    protected abstract Operation insert(State state);

    /** Starts its deletion; empty if it is gone already. */
    protected abstract Optional<Operation> remove();

    protected final M model(ComputeObject observed) {
        return observed.as(model);
    }

    @Override
    public final Optional<ComputeObject> read(State state) {
        Optional<ComputeObject> known = state.find(this);
        known.flatMap(ComputeObject::operation).ifPresent(lastOperation::adopt);
        Optional<LastOperation.Running> running = lastOperation.running(this::progress);
        return running.isPresent() && known.isPresent()
                ? known.map(object -> new ComputeObject(object.value(), running))
                : find().map(ComputeObject::idle);
    }

    private LastOperation.Progress progress(String name) {
        GcpClients clients = context.clients();
        Optional<Operation> operation = isRegional()
                ? context.find(
                        "compute.regionOperations.get",
                        () -> clients.regionOperations().get(context.project(), context.region(), name))
                : context.find(
                        "compute.globalOperations.get",
                        () -> clients.globalOperations().get(context.project(), name));
        return operation.map(ComputeResource::progress).orElseGet(LastOperation.Progress::forgotten);
    }

    private static LastOperation.Progress progress(Operation operation) {
        return new LastOperation.Progress(
                operation.getStatus() == Operation.Status.DONE
                        || operation.getError().getErrorsCount() > 0,
                operation.getError().getErrorsList().stream()
                        .findFirst()
                        .map(error -> GcpErrors.failed(permission(operation), error.getCode(), error.getMessage())));
    }

    /** Such as {@code compute.subnetworks.create}: what to grant if the operation was denied. */
    private static String permission(Operation operation) {
        String[] target = operation.getTargetLink().split("/", -1);
        String collection = target.length < 2 ? "operations" : target[target.length - 2];
        String type = operation.getOperationType();
        return "compute." + collection + "." + VERBS.getOrDefault(type, type);
    }

    @Override
    public Readiness readiness(ComputeObject observed) {
        return observed.operation()
                .map(running ->
                        running.deletes() ? Readiness.deleting() : Readiness.pending("operation " + running.name()))
                .orElseGet(Readiness::ready);
    }

    @Override
    public final ComputeObject create(State state) {
        String name = insert(state).getName();
        lastOperation.begin(name);
        return new ComputeObject(nothing, Optional.of(new LastOperation.Running(name, false)));
    }

    /** Remembers the operation that changes it. */
    protected final void changing(Operation started) {
        lastOperation.begin(started.getName());
    }

    @Override
    public final void delete(ComputeObject observed, State state) {
        remove().ifPresent(started -> lastOperation.beginDeletion(started.getName()));
    }
}
