// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One object in the cluster that is brought about by server-side apply. */
abstract class AppliedObject<T extends HasMetadata> extends ClusterObject<T> implements Resource<T> {
    private final T wanted;
    /** Made when first needed. */
    private volatile @Nullable Map<String, Object> plainWanted;

    private volatile @Nullable Compared<T> last;

    /** The differences that were found last: one read is judged twice, for readiness and for what is to be changed. */
    private record Compared<T>(T observed, List<FieldChange> differences) {}

    @SuppressWarnings("unchecked")
    AppliedObject(ClusterConnections connections, Ownership ownership, ResourceId id, T wanted, Set<ResourceId> after) {
        super(connections, ownership, id, (Class<T>) wanted.getClass(), wanted, after);
        this.wanted = ownership.mark(wanted, id);
    }

    @Override
    public final Optional<String> unread(State state) {
        return connections.unread(state);
    }

    @Override
    public Optional<String> owner(T observed) {
        return Optional.of(ownership.owner(observed));
    }

    @Override
    public final List<FieldChange> compare(T observed, State state) {
        return ownership.owns(observed) ? differences(observed) : List.of();
    }

    @SuppressWarnings("ReferenceEquality") // The same read, not an equal one: to compare them would take as long.
    final List<FieldChange> differences(T observed) {
        Compared<T> known = last;
        if (known != null && known.observed() == observed) {
            return known.differences();
        }
        Map<String, Object> live = PlainObject.of(observed);
        List<FieldChange> differences = Stream.concat(
                        SubsetComparison.differences(plainWanted(), live, this::isExact).stream(),
                        AbandonedFields.of(observed, plainWanted(), live).stream())
                // An exact field that an earlier apply has set is found both ways.
                .distinct()
                // The object was found by its address; a manifest may give a namespace to what has none.
                .filter(d -> !d.field().equals("metadata.namespace"))
                .map(d -> isImmutable(d.field())
                        ? FieldChange.replacing(d.field(), d.before(), d.after())
                        : FieldChange.inPlace(d.field(), d.before(), d.after()))
                .toList();
        last = new Compared<>(observed, differences);
        return differences;
    }

    private Map<String, Object> plainWanted() {
        Map<String, Object> plain = plainWanted;
        if (plain == null) {
            plain = PlainObject.of(wanted);
            plainWanted = plain;
        }
        return plain;
    }

    @Override
    public final T create(State state) {
        return apply(state);
    }

    @Override
    public final void update(T observed, List<FieldChange> changes, State state) {
        apply(state);
    }

    private T apply(State state) {
        return KubernetesCalls.call("apply " + describe(), () -> {
            var applicable = at(connections.require(state), wanted)
                    .orElseThrow(() -> UnknownKinds.notYet(describe(), PlainObject.kind(wanted)))
                    .fieldManager(Ownership.FIELD_MANAGER);
            return mustOwn() ? applicable.forceConflicts().serverSideApply() : applicable.serverSideApply();
        });
    }

    /**
     * Whether all that is applied is demanded by a requirement, so that it is taken from another field manager. Otherwise
     * such a conflict is an error that names the manager.
     */
    abstract boolean mustOwn();

    /** Whether the API server refuses to change a field. */
    boolean isImmutable(String field) {
        return false;
    }

    /** Whether a field may not hold more than is wanted. */
    boolean isExact(String field) {
        return false;
    }
}
