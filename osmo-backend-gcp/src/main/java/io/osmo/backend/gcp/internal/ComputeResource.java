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

    protected final M model(ComputeObject observed) {
        return observed.as(model);
    }

    @Override
    public final Optional<ComputeObject> read(State state) {
        Optional<ComputeObject> known = state.find(this);
        Optional<String> operation = known.flatMap(ComputeObject::operation);
        if (operation.isPresent() && isRunning(operation.get())) {
            return known;
        }
        return find().map(ComputeObject::idle);
    }

    private boolean isRunning(String name) {
        GcpClients clients = context.clients();
        Optional<Operation> operation = isRegional()
                ? context.find(
                        "compute.regionOperations.get",
                        () -> clients.regionOperations().get(context.project(), context.region(), name))
                : context.find(
                        "compute.globalOperations.get",
                        () -> clients.globalOperations().get(context.project(), name));
        operation.filter(o -> o.getError().getErrorsCount() > 0).ifPresent(o -> {
            throw GcpErrors.failed(
                    "compute." + o.getOperationType(),
                    o.getError().getErrors(0).getCode(),
                    o.getError().getErrors(0).getMessage());
        });
        return operation.filter(o -> o.getStatus() != Operation.Status.DONE).isPresent();
    }

    @Override
    public Readiness readiness(ComputeObject observed) {
        return observed.operation()
                .map(name -> Readiness.pending("operation " + name))
                .orElseGet(Readiness::ready);
    }

    @Override
    public final ComputeObject create(State state) {
        return new ComputeObject(nothing, Optional.of(insert(state).getName()));
    }
}
