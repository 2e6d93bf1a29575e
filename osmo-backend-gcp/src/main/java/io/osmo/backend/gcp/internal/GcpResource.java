// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.ProviderResource;
import java.time.Duration;
import java.util.Set;

/**
 * What all Google Cloud resources have in common.
 *
 * @param <O> what is observed of it
 */
public abstract class GcpResource<O> extends ProviderResource<GcpContext, O> {
    /** What is being done to it, for services that tell that in operations only. */
    protected final LastOperation lastOperation = new LastOperation();

    protected GcpResource(
            GcpContext context,
            ResourceId id,
            Class<O> type,
            Set<ResourceId> after,
            Timing timing,
            String description) {
        super(context, id, type, after, timing, description);
    }

    protected final GcpClients clients() {
        return context.clients();
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
}
