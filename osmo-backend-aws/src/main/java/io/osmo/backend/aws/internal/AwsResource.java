// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.ProviderResource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all AWS resources have in common.
 *
 * @param <O> what is observed of it
 */
public abstract class AwsResource<O> extends ProviderResource<AwsContext, O> {
    protected AwsResource(
            AwsContext context,
            ResourceId id,
            Class<O> type,
            Set<ResourceId> after,
            Timing timing,
            String description) {
        super(context, id, type, after, timing, description);
    }

    /** Its tags: those that mark it as the backend's and those of the spec. */
    protected Map<String, String> tags() {
        return context.ownership().tags(id());
    }

    /** The same with the name that consoles show, and with more. */
    protected final Map<String, String> named(Map<String, String> more) {
        Map<String, String> tags = context.ownership().tags(id());
        tags.putIfAbsent("Name", context.name() + "/" + id());
        tags.putAll(more);
        return tags;
    }

    /** Tags that are missing or differ. */
    protected final List<FieldChange> compareTags(Map<String, String> observed) {
        return Ownership.compare("tags", observed, tags());
    }
}
