// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Timing;
import java.util.Set;

/**
 * Base class of the resources of all providers. A resource that can be created implements {@link io.osmo.backend.spi.Resource} too; one
 * that is only read and deleted does not.
 *
 * @param <C> one backend of one cloud
 * @param <O> what is observed of it
 */
public abstract class ProviderResource<C extends ProviderContext, O> implements Deletable<O> {
    protected final C context;
    private final ResourceId id;
    private final Class<O> type;
    private final Set<ResourceId> after;
    private final Timing timing;
    private final String description;

    protected ProviderResource(
            C context, ResourceId id, Class<O> type, Set<ResourceId> after, Timing timing, String description) {
        this.context = context;
        this.id = id;
        this.type = type;
        this.after = Set.copyOf(after);
        this.timing = timing;
        this.description = description;
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

    /** Ready as soon as it exists. Resources that take time to become ready override this. */
    @Override
    public Readiness readiness(O observed) {
        return Readiness.ready();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
