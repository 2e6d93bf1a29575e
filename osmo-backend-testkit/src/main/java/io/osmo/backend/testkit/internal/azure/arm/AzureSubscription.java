// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.PollingStyle;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CloudState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What all services share: the caller, resources, operations, quotas, time and ids. Guarded by its own monitor. */
public final class AzureSubscription extends CloudState {
    /** Object id of the principal that all emulated credentials belong to. */
    public static final String CALLER = "0c0ffee0-0000-4000-a000-000000000001";

    public static final String TENANT = "99999999-8888-4777-a666-555555555555";

    public final String id;
    public final Faults faults;
    public final ActivityLog activity = new ActivityLog();
    final PollingStyle polling;
    private String state = "Enabled";
    /** By key, oldest first. */
    private final Map<String, Resource> resources = new LinkedHashMap<>();

    private final Map<String, Operation> operations = new HashMap<>();
    /** VM sizes that the subscription may not have. */
    private final Set<String> restricted = new HashSet<>();

    private final Map<String, Deque<ArmError>> failures = new HashMap<>();

    public AzureSubscription(
            String id,
            Supplier<Instant> clock,
            Faults faults,
            long seed,
            int pageSize,
            PollingStyle polling,
            Map<String, Integer> quotas) {
        super(clock, seed, pageSize, quotas);
        this.id = id;
        this.faults = faults;
        this.polling = polling;
    }

    public void restrict(String size) {
        restricted.add(size);
    }

    /** Whether the subscription may not have new machines of a VM size. */
    public boolean isRestricted(String size) {
        return restricted.contains(size);
    }

    /** The state of the subscription in Azure's word for it. */
    public String state() {
        return state;
    }

    public void become(String newState) {
        state = newState;
    }

    /** Whether everything in it can be read and deleted, and nothing created or changed. */
    boolean isReadOnly() {
        return !state.equals("Enabled") && !state.equals("PastDue");
    }

    /** Decimal digits that depend on nothing but the text. */
    public static String digits(String text, int count) {
        long hash = 1125899906842597L;
        for (char c : text.toCharArray()) {
            hash = 31 * hash + c;
        }
        return String.format("%0" + count + "d", Math.floorMod(hash, (long) Math.pow(10, count)));
    }

    /** The limit that was chosen for a quota, or else Azure's default. */
    public int quota(String name, int defaultValue) {
        return (int) quota(name, (double) defaultValue);
    }

    /** An item of a list of usages. */
    public ObjectNode usage(String name, int used, int defaultLimit) {
        ObjectNode usage =
                Json.object().put("unit", "Count").put("currentValue", used).put("limit", quota(name, defaultLimit));
        usage.putObject("name").put("value", name).put("localizedValue", name);
        return usage;
    }

    // ------------------------------------------------------------------------------------------ resources

    public Optional<Resource> find(String resourceId) {
        return Optional.ofNullable(resources.get(ArmId.key(resourceId)));
    }

    public String groupId(String name) {
        return "/subscriptions/" + id + "/resourceGroups/" + name;
    }

    public Optional<Resource> group(String name) {
        return find(groupId(name));
    }

    /** Oldest first. */
    public Stream<Resource> all(Predicate<Resource> condition) {
        return List.copyOf(resources.values()).stream().filter(condition);
    }

    /** What is part of a resource or group, or extends it; oldest first. */
    public Stream<Resource> under(String resourceId) {
        String prefix = ArmId.key(resourceId) + "/";
        return all(resource -> resource.key.startsWith(prefix));
    }

    /** Puts a resource as a service itself does, without an operation. */
    public Resource put(ArmId resourceId, ResourceType type, ObjectNode body) {
        Resource resource = new Resource(resourceId, type, body, uuid(), now());
        resources.remove(resource.key);
        resources.put(resource.key, resource);
        return resource;
    }

    /** Removes a resource with all that is under it, the innermost first. */
    public void remove(Resource resource) {
        Comparator<Resource> byLength =
                Comparator.comparing(inner -> inner.id.text().length());
        under(resource.id.text()).sorted(byLength.reversed()).forEach(this::removeOne);
        removeOne(resource);
    }

    private void removeOne(Resource resource) {
        if (resources.remove(resource.key, resource)) {
            Operation running = resource.running;
            if (running != null && running.kind != Operation.Kind.DELETE) {
                cancel(running, ArmError.conflict("OperationPreempted", "The resource has been deleted meanwhile."));
            }
            resource.type.onDeleted(resource);
        }
    }

    /** What refers to a resource and is not part of it. */
    public Stream<Resource> usersOf(Resource resource) {
        return all(user -> !user.key.startsWith(resource.key + "/")
                && user.type.uses(user).anyMatch(used -> ArmId.key(used).equals(resource.key)));
    }

    // ------------------------------------------------------------------------------------------ operations

    Optional<Operation> operation(String operationId) {
        return Optional.ofNullable(operations.get(operationId));
    }

    /** Starts an operation that ends without another call. */
    public Operation start(
            Operation.Kind kind, Resource resource, String state, Duration time, Supplier<Optional<ArmError>> end) {
        Operation operation = new Operation(uuid(), kind, resource, state, now());
        operations.put(operation.id, operation);
        resource.running = operation;
        resource.state = state;
        Optional<ArmError> planned = plannedFailure(kind, resource);
        after(time, () -> proceed(operation, planned, end));
        return operation;
    }

    /** Ends an operation, unless it has ended or its resource has more to do first. */
    private void proceed(Operation operation, Optional<ArmError> planned, Supplier<Optional<ArmError>> end) {
        if (operation.hasEnded()) {
            return;
        }
        Resource resource = operation.resource;
        Optional<Duration> more = planned.isPresent() || operation.kind == Operation.Kind.DELETE
                ? Optional.empty()
                : resource.type.remaining(resource);
        if (more.isPresent()) {
            after(more.get(), () -> proceed(operation, planned, end));
            return;
        }
        planned.ifPresent(why -> resource.type.onFailed(resource, why));
        Optional<ArmError> error = planned.or(end);
        operation.end(error.isPresent() ? "Failed" : "Succeeded", error, now());
    }

    /** Ends an operation early. */
    public void cancel(Operation operation, ArmError why) {
        operation.end("Canceled", Optional.of(why), now());
    }

    /** Makes the next operation of a kind fail at its end. */
    public void failNext(String operation, ArmError error) {
        failures.computeIfAbsent(ArmId.key(operation), key -> new ArrayDeque<>())
                .add(error);
    }

    private Optional<ArmError> plannedFailure(Operation.Kind kind, Resource resource) {
        return Optional.ofNullable(failures.get(ArmId.key(kind.method + " " + resource.type.name())))
                .map(Deque::poll);
    }
}
