// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.FieldMaskUtil;
import io.osmo.backend.testkit.internal.CloudState;
import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What all emulated services of one project share: its identity, the services it has enabled, time, ids, quotas. */
public final class GcpProject extends CloudState {
    /** How long a finished operation can still be read. */
    public static final Duration OPERATION_RETENTION = Duration.ofHours(2);

    /** How an update mask works: whatever it names is replaced as a whole. */
    public static final FieldMaskUtil.MergeOptions REPLACE = new FieldMaskUtil.MergeOptions()
            .setReplaceMessageFields(true)
            .setReplaceRepeatedFields(true)
            .setReplacePrimitiveFields(true);

    private final String id;
    private final long number;
    private final Set<String> disabledServices;
    private final Set<String> withdrawn = new TreeSet<>();
    private final Set<String> withdrawnImages = new TreeSet<>();
    private final Map<String, Ending> endings = new TreeMap<>();
    private final Set<String> others = new TreeSet<>();
    private final Map<String, Deque<GcpError>> failing = new TreeMap<>();
    private String call = "";

    /** @param disabledServices names such as {@code container.googleapis.com} */
    public GcpProject(
            String id,
            long number,
            Set<String> disabledServices,
            Supplier<Instant> clock,
            long seed,
            int pageSize,
            Map<String, Double> quotas) {
        super(clock, seed, pageSize, quotas);
        this.id = id;
        this.number = number;
        this.disabledServices = new TreeSet<>(disabledServices);
    }

    public String id() {
        return id;
    }

    public long number() {
        return number;
    }

    /** Such as {@code projects/osmo-emulated}. */
    public String path() {
        return "projects/" + id;
    }

    /** A path in the project, such as {@code projects/osmo-emulated/global/networks/n}. */
    public String path(String rest) {
        return path() + "/" + rest;
    }

    /** The account with which a service of Google acts in the project, as a member of policies. */
    public String serviceAgent(String service) {
        return "serviceAccount:service-" + number + "@" + service + ".iam.gserviceaccount.com";
    }

    /** Adds another project that callers may read, such as one that shares a network with this one. */
    public void addOther(String other) {
        others.add(other);
    }

    /** Whether callers may read this project: this one, or one that was added. */
    public boolean isVisible(String name) {
        return name.equals(id) || others.contains(name);
    }

    /** Takes a machine type off the market, or brings it back. */
    public void sell(String machineType, boolean sold) {
        if (sold) {
            withdrawn.remove(machineType);
        } else {
            withdrawn.add(machineType);
        }
    }

    /** Takes a type of node image off GKE's list. */
    public void withdrawImage(String type) {
        withdrawnImages.add(type);
    }

    public boolean offersImage(String type) {
        return !withdrawnImages.contains(type);
    }

    public boolean isSold(String machineType) {
        return !withdrawn.contains(machineType);
    }

    /** Announces the end of a machine type or accelerator type. */
    public void deprecate(String type, String replacement, LocalDate obsolete) {
        endings.put(type, new Ending(replacement, obsolete));
    }

    /** Whether Compute Engine refuses new machines of the type. */
    public boolean isObsolete(String type) {
        return endingOf(type)
                .filter(ending -> !today().isBefore(ending.obsolete()))
                .isPresent();
    }

    public Optional<Ending> endingOf(String type) {
        return Optional.ofNullable(endings.get(type));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC);
    }

    /** From which day on a type is no longer sold, and what is instead. */
    public record Ending(String replacement, LocalDate obsolete) {}

    /** The call that is being answered, such as {@code container.UpdateCluster}. */
    public void answering(String name) {
        call = name;
    }

    /** Ends the next operation that a call of this name starts as failed. */
    public void failNext(String name, GcpError failure) {
        failing.computeIfAbsent(name, key -> new ArrayDeque<>()).add(failure);
    }

    /** With what the operation that the call starts is to fail. */
    public Optional<GcpError> nextFailure() {
        return Optional.ofNullable(failing.get(call)).map(Deque::poll);
    }

    public boolean isEnabled(String service) {
        return !disabledServices.contains(service);
    }

    public void enable(Collection<String> services) {
        disabledServices.removeAll(services);
    }

    /** A limit by metric, such as {@code NVIDIA_T4_GPUS}, in each region or, for {@code NETWORKS}, in the project. */
    public double quota(String metric) {
        return quota(metric, GcpQuotas.defaultValue(metric));
    }

    /** A numeric id as Compute gives one to each resource. */
    public long newNumber() {
        return Long.parseUnsignedLong(hex(15), 16);
    }

    /** The time as REST writes it. */
    public String timestamp() {
        return now().toString();
    }

    /** The time as gRPC writes it. */
    public Timestamp protoTimestamp() {
        return protoTimestamp(now());
    }

    public static Timestamp protoTimestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /**
     * A page of a list.
     *
     * @param size 0 if the caller did not say
     * @param token empty for the first page
     */
    public <T> Page<T> page(List<T> all, int size, String token) {
        return Page.of(all, size == 0 ? null : size, token.isEmpty() ? null : token, pageSize());
    }

    /** Token of the next page as protobuf has it: empty on the last one. */
    public static String next(Page<?> page) {
        String token = page.next();
        return token == null ? "" : token;
    }
}
