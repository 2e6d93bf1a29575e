// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.network.NodeRanges;
import io.osmo.backend.gcp.internal.pool.PoolConcern;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Survey;
import io.osmo.backend.spi.provider.address.AddressNeed;
import io.osmo.backend.spi.provider.address.AddressRange;
import io.osmo.backend.spi.provider.address.AddressSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Each node takes one address of the range of nodes and, for up to 110 pods, a /24 of the range of pods. This includes the nodes that GKE
 * adds while it rolls a node pool.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips">GKE: sizes of ranges</a>
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr">GKE: pods of a node and ranges</a>
 */
final class RangeAddresses implements AddressSource<GcpContext> {
    private static final long EACH_FOR_PODS = 256;

    private static String nodes(NodeRanges ranges) {
        return ranges.nodes() + ", the range of nodes";
    }

    private static String pods(NodeRanges ranges) {
        return ranges.pods() + ", the range of pods";
    }

    private static Stream<PoolConcern.Machines> machines(Survey<GcpContext> survey, Inventory inventory) {
        return inventory.attachment(Offers.class).stream()
                .flatMap(offers -> PoolConcern.machines(survey.context(), survey.spec(), inventory, offers).stream());
    }

    @Override
    public List<AddressRange> ranges(Survey<GcpContext> survey, Inventory inventory) {
        long run = machines(survey, inventory)
                .mapToLong(PoolConcern.Machines::nodes)
                .sum();
        return NodeRanges.of(survey.spec(), inventory).stream()
                .flatMap(ranges -> Stream.of(
                        new AddressRange(
                                nodes(ranges), Fact.of(ranges.freeForNodes().orElse(ranges.sizeOfNodes() - run))),
                        new AddressRange(
                                pods(ranges),
                                Fact.of(ranges.freeForPods().orElse(ranges.sizeOfPods() - run * EACH_FOR_PODS)))))
                .toList();
    }

    @Override
    public List<AddressNeed> needs(Survey<GcpContext> survey, Inventory inventory) {
        List<AddressNeed> needs = new ArrayList<>();
        NodeRanges.of(survey.spec(), inventory)
                .ifPresent(ranges -> machines(survey, inventory)
                        .filter(pool -> survey.changes(pool.id()))
                        .forEach(pool -> {
                            String name = pool.pool().name();
                            long surge = survey.rolls(pool.id())
                                    ? pool.wanted().getUpgradeSettings().getMaxSurge()
                                    : 0;
                            long more = Math.max(0, pool.pool().scale().max() - pool.nodes()) + surge;
                            needs.add(AddressNeed.fixed(name, List.of(nodes(ranges)), more, 1));
                            needs.add(AddressNeed.fixed(name, List.of(pods(ranges)), more, EACH_FOR_PODS));
                        }));
        return needs;
    }

    @Override
    public String remedy(Survey<GcpContext> survey) {
        return survey.spec().network().existingId().isPresent()
                ? "Expand the range (gcloud compute networks subnets expand-ip-range), name a wider one, or lower scale.max."
                : "Widen network.cidr or settings.podCidr of a new backend, or lower scale.max.";
    }
}
