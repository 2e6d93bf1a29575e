// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The node groups of a cluster as they were read, whoever made them; an attachment for readers that build on them. */
record NodeGroups(List<Nodegroup> all) {
    static final Reader<AwsContext> READER = new GroupReader();

    NodeGroups {
        all = List.copyOf(all);
    }

    static NodeGroups of(Reading reading) {
        return reading.toInventory().attachment(NodeGroups.class).orElseThrow();
    }

    private static final class GroupReader implements Reader<AwsContext> {
        @Override
        public Needs needs(Optional<BackendSpec> spec) {
            return Needs.reading("eks:ListNodegroups", "eks:DescribeNodegroup");
        }

        @Override
        public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
            AwsContext context = observation.context();
            return ExistingPool.all(context).thenApply(groups -> {
                Map<ResourceId, Observed<?>> observed = new HashMap<>();
                groups.forEach(group -> observed.put(
                        Ids.nodeGroup(group.nodegroupName()),
                        context.ownership().observed(group, group.tags())));
                return Reading.observed(observed).and(Reading.attachment(NodeGroups.class, new NodeGroups(groups)));
            });
        }
    }
}
