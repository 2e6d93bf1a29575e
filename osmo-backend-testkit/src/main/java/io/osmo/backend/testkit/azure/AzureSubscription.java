// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CloudState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all emulated services share: who asks, what stands, time, ids, quotas. Guarded by its own monitor. */
final class AzureSubscription extends CloudState {
    /** Object id of the principal that all emulated credentials belong to. */
    static final String CALLER = "0c0ffee0-0000-4000-a000-000000000001";

    final String id;
    final String tenant;
    final Faults faults;
    final PollingStyle polling;
    private final Map<String, Resource> resources = new TreeMap<>();
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Deque<ArmError>> failures = new HashMap<>();
    private long order;
    private final Map<Resource, Long> ages = new HashMap<>();

    AzureSubscription(
            String id,
            String tenant,
            Supplier<Instant> clock,
            Faults faults,
            long seed,
            int pageSize,
            PollingStyle polling,
            Map<String, Integer> quotas) {
        super(clock, seed, pageSize, quotas);
        this.id = id;
        this.tenant = tenant;
        this.faults = faults;
        this.polling = polling;
    }

    /** Decimal digits that depend on nothing but the text. */
    static String digits(String text, int count) {
        long hash = 1125899906842597L;
        for (char c : text.toCharArray()) {
            hash = 31 * hash + c;
        }
        return String.format("%0" + count + "d", Math.floorMod(hash, (long) Math.pow(10, count)));
    }

    // ------------------------------------------------------------------------------------------ quotas

    /** The limit that was chosen for a quota, or Azure's default for it. */
    int quota(String name, int byDefault) {
        return (int) quota(name, (double) byDefault);
    }

    // ------------------------------------------------------------------------------------------ resources

    Optional<Resource> find(String resourceId) {
        return Optional.ofNullable(resources.get(ArmId.key(resourceId)));
    }

    Optional<Resource> find(String resourceId, ResourceType type) {
        return find(resourceId).filter(r -> r.is(type));
    }

    /** All of a kind, oldest first. */
    Stream<Resource> all(Predicate<Resource> condition) {
        return List.copyOf(resources.values()).stream()
                .filter(condition)
                .sorted(Comparator.comparing(r -> ages.getOrDefault(r, 0L)));
    }

    Stream<Resource> all(ResourceType type) {
        return all(r -> r.is(type));
    }

    /** What is part of a resource or group, or extends it. */
    Stream<Resource> under(String resourceId) {
        String prefix = ArmId.key(resourceId) + "/";
        return all(r -> r.id.key().startsWith(prefix));
    }

    /** Puts a resource as the service itself does, without an operation. */
    Resource put(ArmId resourceId, ResourceType type, ObjectNode body) {
        Resource resource = new Resource(resourceId, type, body, uuid(), now());
        resources.put(resourceId.key(), resource);
        ages.put(resource, order++);
        return resource;
    }

    /** Removes a resource with all that is under it, the innermost first. */
    void remove(Resource resource) {
        List<Resource> inner = under(resource.id.text())
                .sorted(Comparator.comparing((Resource r) -> r.id.text().length())
                        .reversed())
                .toList();
        inner.forEach(this::removeOne);
        removeOne(resource);
    }

    private void removeOne(Resource resource) {
        if (resources.remove(resource.id.key(), resource)) {
            ages.remove(resource);
            Operation running = resource.running;
            if (running != null && running.kind != Operation.Kind.DELETE) {
                cancel(running, ArmError.conflict("OperationPreempted", "The resource has been deleted meanwhile."));
            }
            resource.type.deleted(resource);
        }
    }

    /** What refers to a resource and is not part of it. */
    Stream<Resource> usersOf(Resource resource) {
        String key = resource.id.key();
        return all(user -> !user.id.key().startsWith(key + "/")
                && user.type.uses(user).anyMatch(used -> ArmId.key(used).equals(key)));
    }

    // ------------------------------------------------------------------------------------------ operations

    Optional<Operation> operation(String operationId) {
        return Optional.ofNullable(operations.get(operationId));
    }

    /** Begins an operation that ends by itself. */
    Operation begin(
            Operation.Kind kind, Resource resource, String doing, Duration duration, Supplier<Optional<ArmError>> end) {
        Operation operation = new Operation(uuid(), kind, resource, doing, now());
        operations.put(operation.id, operation);
        resource.running = operation;
        resource.state = doing;
        Optional<ArmError> planned = plannedFailure(kind, resource);
        after(duration, () -> {
            if (!operation.hasEnded()) {
                end(operation, planned.or(end));
            }
        });
        return operation;
    }

    /** Ends an operation now: well, or with an error. */
    void end(Operation operation, Optional<ArmError> error) {
        operation.ended = now();
        operation.status = error.isPresent() ? "Failed" : "Succeeded";
        operation.error = error.orElse(null);
        free(operation, error.isPresent() ? "Failed" : "Succeeded");
    }

    /** Ends an operation before its time, because another one takes precedence or somebody asked for it. */
    void cancel(Operation operation, ArmError why) {
        operation.ended = now();
        operation.status = "Canceled";
        operation.error = why;
        free(operation, "Canceled");
    }

    private void free(Operation operation, String state) {
        if (operation.resource.running == operation) {
            operation.resource.running = null;
            operation.resource.failure = operation.error;
            operation.resource.state = state;
            operation.resource.modified = now();
        }
    }

    /** Lets the next operation of this kind fail in the end. */
    void failNext(String operation, ArmError error) {
        failures.computeIfAbsent(ArmId.key(operation), key -> new ArrayDeque<>())
                .add(error);
    }

    private Optional<ArmError> plannedFailure(Operation.Kind kind, Resource resource) {
        String verb = kind == Operation.Kind.DELETE ? "DELETE" : kind == Operation.Kind.ACTION ? "POST" : "PUT";
        Deque<ArmError> planned = failures.get(ArmId.key(verb + " " + resource.type.name));
        @Nullable ArmError error = planned == null ? null : planned.poll();
        return Optional.ofNullable(error);
    }
}
