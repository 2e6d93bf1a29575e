// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.fake;

import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A resource of the fake cloud. Fields whose name starts with {@code fixed} cannot be changed, {@code born} need a
 * replacement, {@code roll} roll nodes, all others change in place, one in each call. Keys are never replaced.
 */
public record FakeResource(
        FakeCloud cloud,
        ResourceId id,
        Set<ResourceId> after,
        Map<String, String> fields,
        Duration takes,
        Optional<String> pool,
        Set<ResourceId> replaces)
        implements Resource<Thing> {
    public static FakeResource of(FakeCloud cloud, String id, Duration takes, String... after) {
        Set<ResourceId> ids = new TreeSet<>();
        for (String before : after) {
            ids.add(ResourceId.parse(before));
        }
        return new FakeResource(cloud, ResourceId.parse(id), ids, Map.of(), takes, Optional.empty(), Set.of());
    }

    public FakeResource with(String field, String value) {
        Map<String, String> more = new java.util.TreeMap<>(fields);
        more.put(field, value);
        return new FakeResource(cloud, id, after, more, takes, pool, replaces);
    }

    public FakeResource in(String pool) {
        return new FakeResource(cloud, id, after, fields, takes, Optional.of(pool), replaces);
    }

    public FakeResource replacing(String old) {
        return new FakeResource(cloud, id, after, fields, takes, pool, Set.of(ResourceId.parse(old)));
    }

    static Disruption deletionDisruption(ResourceId id) {
        return switch (id.kind()) {
            case "pool" -> Disruption.OUTAGE;
            case "key" -> Disruption.DATA;
            default -> Disruption.NONE;
        };
    }

    @Override
    public Disruption deletionDisruption() {
        return deletionDisruption(id);
    }

    @Override
    public Disruption deletionDisruption(Thing observed) {
        return observed.phase() == Thing.Phase.FAILED ? Disruption.NONE : deletionDisruption(id, observed);
    }

    /** A pool with the field {@code nodes: 0} has none. */
    static Disruption deletionDisruption(ResourceId id, Thing observed) {
        return "0".equals(observed.fields().get("nodes")) ? Disruption.NONE : deletionDisruption(id);
    }

    @Override
    public Optional<NodeLabel> nodes() {
        return id.kind().equals("pool") ? Optional.of(new NodeLabel("pool", id.name())) : Optional.empty();
    }

    @Override
    public Optional<String> irreplaceable(Thing observed) {
        return id.kind().equals("key") ? Optional.of("Enable the key.") : Optional.empty();
    }

    @Override
    public Class<Thing> type() {
        return Thing.class;
    }

    @Override
    public Optional<Thing> read(State state) {
        return cloud.describe(id);
    }

    @Override
    public Readiness readiness(Thing observed) {
        return switch (observed.phase()) {
            case CREATING -> Readiness.pending("CREATING");
            case READY -> Readiness.ready();
            case FAILED -> Readiness.failed(observed.reason());
            case DELETING -> Readiness.deleting();
        };
    }

    @Override
    public List<FieldChange> compare(Thing observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        fields.forEach((field, wanted) -> {
            String stands = observed.fields().getOrDefault(field, "");
            if (!stands.equals(wanted)) {
                changes.add(
                        field.startsWith("fixed")
                                ? FieldChange.fixed("spec." + field, stands, wanted)
                                : field.startsWith("stuck")
                                        ? FieldChange.impossible(field, stands, wanted)
                                        : field.startsWith("born")
                                                ? FieldChange.replacing(field, stands, wanted)
                                                : field.startsWith("roll")
                                                        ? FieldChange.rolling(field, stands, wanted)
                                                        : FieldChange.inPlace(field, stands, wanted));
            }
        });
        return changes;
    }

    @Override
    public Thing create(State state) {
        return cloud.create(id, after, fields, takes);
    }

    @Override
    public void update(Thing observed, List<FieldChange> changes, State state) {
        cloud.update(
                observed.serial(), Map.of(changes.get(0).field(), changes.get(0).after()), takes);
    }

    @Override
    public void delete(Thing observed, State state) {
        cloud.delete(observed.serial(), takes);
    }

    @Override
    public Timing timing() {
        return new Timing(takes, takes, takes, Duration.ofSeconds(15), Duration.ofHours(1));
    }

    @Override
    public String describe() {
        return id.kind() + " " + id.name();
    }
}
