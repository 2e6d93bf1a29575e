// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import io.osmo.backend.testkit.internal.CloudState;
import java.time.Instant;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What all emulated services of one project share: identity, time line, ids, quotas. Guarded by its own monitor. */
final class GcpProject extends CloudState {
    private final String id;
    private final long number;

    /** Services that are not enabled, by name such as {@code container.googleapis.com}. */
    final TreeSet<String> disabledServices;

    GcpProject(EmulatedGcp.Builder builder, Supplier<Instant> clock) {
        super(clock, builder.seed, builder.pageSize, builder.quotas);
        this.id = builder.projectId;
        this.number = builder.projectNumber;
        this.disabledServices = new TreeSet<>(builder.disabledServices);
    }

    String id() {
        return id;
    }

    long number() {
        return number;
    }

    /** A limit by metric, such as {@code NVIDIA_T4_GPUS}, in each region or, for {@code NETWORKS}, in the project. */
    double quota(String metric) {
        return quota(metric, GcpQuotas.defaultValue(metric));
    }

    /** A numeric id as Compute gives one to each resource. */
    long newNumber() {
        return Long.parseUnsignedLong(hex(15), 16);
    }

    /** Time as Google's APIs write it. */
    String timestamp() {
        return now().toString();
    }
}
