// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.fake;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.fake.Thing.Phase;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Objects that take time to come and go, calls that can fail at any site, and a log of what was asked. */
public final class FakeCloud {
    private final VirtualTime time;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, Fault> faults = new HashMap<>();
    public final List<String> log = new ArrayList<>();
    public final Set<ResourceId> refused = new HashSet<>();
    public final Set<ResourceId> doomed = new HashSet<>();
    public final Set<ResourceId> foreign = new HashSet<>();

    /** What looks different at each read, and whose deletion is accepted in vain. */
    public final Set<ResourceId> restless = new HashSet<>();

    /** Whatever was handed out, for as long as somebody holds it. */
    public final List<WeakReference<Thing>> handedOut = new ArrayList<>();

    public Duration invisible = Duration.ZERO;
    private long serials;
    private int calls;

    private Duration retryAfter = Duration.ZERO;
    private String throttled = "";
    private Instant throttledUntil = Instant.EPOCH;

    private static final class Entry {
        long serial;
        ResourceId id = ResourceId.of("none", "none");
        Set<ResourceId> after = Set.of();
        Map<String, String> fields = Map.of();
        Instant createdAt = Instant.EPOCH;
        Instant readyAt = Instant.EPOCH;
        Optional<Instant> goneAt = Optional.empty();
    }

    public FakeCloud(VirtualTime time) {
        this.time = time;
    }

    /** The n-th call from now on meets a fault; the first one is 1. */
    public void fault(int n, Fault fault) {
        faults.put(calls + n, fault);
    }

    /** From now on and for so long, calls whose text begins so are throttled. */
    public void throttle(String operation, Duration period) {
        throttle(operation, period, Duration.ZERO);
    }

    /** The same, and each answer asks to be left alone for some time. */
    public void throttle(String operation, Duration period, Duration asked) {
        retryAfter = asked;
        throttled = operation;
        throttledUntil = time.now().plus(period);
    }

    public void noMoreFaults() {
        faults.clear();
    }

    public int calls() {
        return calls;
    }

    private <T> T call(String operation, Supplier<T> effect) {
        Optional<Fault> fault = Optional.ofNullable(faults.get(++calls));
        log.add(operation);
        if (operation.startsWith(throttled) && time.now().isBefore(throttledUntil)) {
            throw error(CloudError.THROTTLED, operation, "slow down").after(retryAfter);
        }
        fault.ifPresent(f -> {
            switch (f) {
                case UNAVAILABLE -> throw error(CloudError.UNAVAILABLE, operation, "503");
                case THROTTLED -> throw error(CloudError.THROTTLED, operation, "slow down");
                case DENIED -> throw error(CloudError.NOT_AUTHORIZED, operation, "no");
                case CRASH_BEFORE -> throw new SimulatedCrash("before " + operation);
                default -> {}
            }
        });
        T result = effect.get();
        fault.ifPresent(f -> {
            switch (f) {
                case LOST_RESPONSE -> throw error(CloudError.UNAVAILABLE, operation, "connection reset");
                case CRASH_AFTER -> throw new SimulatedCrash("after " + operation);
                default -> {}
            }
        });
        return result;
    }

    private static CloudException error(CloudError error, String operation, String message) {
        return CloudException.builder(error, operation)
                .message(message)
                .remedy("Try later.")
                .build();
    }

    private void purge() {
        entries.removeIf(e -> e.goneAt.filter(at -> !at.isAfter(time.now())).isPresent());
    }

    /** Everything that there is, without any delay of visibility. */
    public List<Thing> things() {
        purge();
        return entries.stream().map(this::picture).toList();
    }

    private Thing picture(Entry e) {
        if (restless.contains(e.id)) {
            e.fields = new TreeMap<>(e.fields);
            e.fields.merge("seen", "1", String::concat);
        }
        Phase phase = e.goneAt.isPresent()
                ? Phase.DELETING
                : e.readyAt.isAfter(time.now()) ? Phase.CREATING : doomed.contains(e.id) ? Phase.FAILED : Phase.READY;
        Thing picture = new Thing(
                e.serial, e.id, e.after, Map.copyOf(e.fields), phase, phase == Phase.FAILED ? "out of stock" : "");
        handedOut.add(new WeakReference<>(picture));
        return picture;
    }

    private List<Thing> visible() {
        purge();
        return entries.stream()
                .filter(e -> !e.createdAt.plus(invisible).isAfter(time.now()))
                .map(this::picture)
                .toList();
    }

    public List<Thing> list() {
        return call("list", this::visible);
    }

    public Optional<Thing> describe(ResourceId id) {
        return call(
                "describe " + id,
                () -> visible().stream().filter(t -> t.id().equals(id)).findFirst());
    }

    public Thing create(ResourceId id, Set<ResourceId> after, Map<String, String> fields, Duration takes) {
        return call("create " + id, () -> {
            if (refused.contains(id)) {
                throw error(CloudError.NO_CAPACITY, "create " + id, "none left");
            }
            Set<ResourceId> ready = new HashSet<>();
            things().stream().filter(t -> t.phase() == Phase.READY).forEach(t -> ready.add(t.id()));
            if (!ready.containsAll(after)) {
                throw error(CloudError.INVALID_REQUEST, "create " + id, "needs " + after);
            }
            return picture(add(id, after, fields, takes));
        });
    }

    /** Puts something there without a call. */
    public void plant(ResourceId id, Set<ResourceId> after, Map<String, String> fields, Duration takes) {
        add(id, after, fields, takes);
    }

    private Entry add(ResourceId id, Set<ResourceId> after, Map<String, String> fields, Duration takes) {
        Entry entry = new Entry();
        entry.serial = ++serials;
        entry.id = id;
        entry.after = new TreeSet<>(after);
        entry.fields = new TreeMap<>(fields);
        entry.createdAt = time.now();
        entry.readyAt = time.now().plus(takes);
        entries.add(entry);
        return entry;
    }

    public void update(long serial, Map<String, String> fields, Duration takes) {
        Entry entry = entry(serial);
        call("update " + entry.id, () -> {
            Map<String, String> merged = new TreeMap<>(entry.fields);
            merged.putAll(fields);
            entry.fields = merged;
            entry.readyAt = time.now().plus(takes);
            return true;
        });
    }

    public void delete(long serial, Duration takes) {
        purge();
        Optional<Entry> found = entries.stream().filter(e -> e.serial == serial).findFirst();
        String id = found.map(e -> e.id.toString()).orElse("gone");
        call("delete " + id, () -> {
            found.ifPresent(e -> {
                boolean used = entries.stream().anyMatch(o -> o.after.contains(e.id));
                boolean twin = entries.stream().anyMatch(o -> o.serial != serial && o.id.equals(e.id));
                if (used && !twin) {
                    throw error(CloudError.DEPENDENCY_VIOLATION, "delete " + id, "in use");
                }
                if (e.goneAt.isEmpty() && !restless.contains(e.id)) {
                    e.goneAt = Optional.of(time.now().plus(takes));
                }
            });
            return true;
        });
    }

    private Entry entry(long serial) {
        return entries.stream()
                .filter(e -> e.serial == serial)
                .findFirst()
                .orElseThrow(() -> error(CloudError.NOT_FOUND, "update", "no such object"));
    }
}
