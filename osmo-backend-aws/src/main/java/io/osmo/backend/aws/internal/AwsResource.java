// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Timing;
import java.util.Set;

/**
 * What all AWS resources have in common.
 *
 * @param <O> what is observed of it
 */
public abstract class AwsResource<O> implements Resource<O> {
    protected final AwsContext aws;
    private final ResourceId id;
    private final Class<O> type;
    private final Set<ResourceId> after;
    private final Timing timing;
    private final String description;

    protected AwsResource(
            AwsContext aws, ResourceId id, Class<O> type, Set<ResourceId> after, Timing timing, String description) {
        this.aws = aws;
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
