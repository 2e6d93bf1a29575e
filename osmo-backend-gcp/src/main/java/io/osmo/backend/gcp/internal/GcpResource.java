// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.Set;

/**
 * What all Google Cloud resources have in common.
 *
 * @param <O> what is observed of it
 */
public abstract class GcpResource<O> implements Resource<O> {
    protected final GcpContext gcp;
    private final ResourceId id;
    private final Class<O> type;
    private final Set<ResourceId> after;
    private final Timing timing;
    private final String description;

    protected GcpResource(
            GcpContext gcp, ResourceId id, Class<O> type, Set<ResourceId> after, Timing timing, String description) {
        this.gcp = gcp;
        this.id = id;
        this.type = type;
        this.after = Set.copyOf(after);
        this.timing = timing;
        this.description = description;
    }

    /** Typical durations in seconds; the deadline is twenty times the longest of them, and at least ten minutes. */
    protected static Timing seconds(int create, int update, int delete) {
        int longest = Math.max(create, Math.max(update, delete));
        return new Timing(
                Duration.ofSeconds(create),
                Duration.ofSeconds(update),
                Duration.ofSeconds(delete),
                Duration.ofSeconds(longest < 60 ? 2 : 5),
                Duration.ofSeconds(Math.max(600, 20L * longest)));
    }

    @Override
    public final ResourceId id() {
        return id;
    }

    @Override
    public final Class<O> type() {
        return type;
    }

    @Override
    public final Set<ResourceId> after() {
        return after;
    }

    @Override
    public final Timing timing() {
        return timing;
    }

    @Override
    public final String describe() {
        return description;
    }

    /** Ready as soon as it exists, unless a resource knows better. */
    @Override
    public Readiness readiness(O observed) {
        return Readiness.ready();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
