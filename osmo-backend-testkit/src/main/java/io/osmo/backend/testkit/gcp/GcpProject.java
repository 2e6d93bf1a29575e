// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.Ids;
import io.osmo.backend.testkit.internal.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What all emulated services of one project share: identity, time line, ids, quotas. Guarded by its own monitor. */
final class GcpProject {
    private final String id;
    private final long number;
    private final Timeline timeline;
    private final Ids ids;
    private final int pageSize;
    private final Map<String, Double> quotas;
    private final Map<String, Message> answers = new HashMap<>();

    /** Services that are not enabled, by name such as {@code container.googleapis.com}. */
    final TreeSet<String> disabledServices;

    GcpProject(EmulatedGcp.Builder builder, Supplier<Instant> clock) {
        this.id = builder.projectId;
        this.number = builder.projectNumber;
        this.timeline = new Timeline(clock);
        this.ids = new Ids(builder.seed);
        this.pageSize = builder.pageSize;
        this.quotas = Map.copyOf(builder.quotas);
        this.disabledServices = new TreeSet<>(builder.disabledServices);
    }

    String id() {
        return id;
    }

    long number() {
        return number;
    }

    int pageSize() {
        return pageSize;
    }

    Instant now() {
        return timeline.now();
    }

    /** Lets happen, in order, everything that was due until now. */
    void advance() {
        timeline.advance();
    }

    void after(Duration delay, Runnable action) {
        timeline.after(delay, action);
    }

    /** A limit by metric, such as {@code NVIDIA_T4_GPUS}, in each region or, for {@code NETWORKS}, in the project. */
    double quota(String metric) {
        return quotas.getOrDefault(metric, GcpQuotas.defaultValue(metric));
    }

    String hex(int digits) {
        return ids.hex(digits);
    }

    String uuid() {
        return ids.uuid();
    }

    /** A numeric id as Compute gives one to each resource. */
    long newNumber() {
        return Long.parseUnsignedLong(ids.hex(15), 16);
    }

    /**
     * What a call with this request id has answered before, or what it answers now: a repeated id has no second effect.
     *
     * @param requestId may be empty, then the answer is not remembered
     */
    <T extends Message> T once(String operation, String requestId, Supplier<T> effect) {
        if (requestId.isEmpty()) {
            return effect.get();
        }
        String key = operation + "/" + requestId;
        @SuppressWarnings("unchecked")
        T known = (T) answers.get(key);
        if (known == null) {
            known = effect.get();
            answers.put(key, known);
        }
        return known;
    }

    /** Time as Google's APIs write it. */
    String timestamp() {
        return now().toString();
    }
}
