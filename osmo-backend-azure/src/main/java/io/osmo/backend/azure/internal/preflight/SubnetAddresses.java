// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.azure.internal.pool.PoolConcern;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Survey;
import io.osmo.backend.spi.provider.address.AddressNeed;
import io.osmo.backend.spi.provider.address.AddressRange;
import io.osmo.backend.spi.provider.address.AddressSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Each node takes one address of the subnet, including the nodes that AKS adds while it rolls a pool. Pods are in the overlay, which has
 * room for more nodes than AKS supports. An internal load balancer takes one more address, which is not counted.
 *
 * @see <a href="https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay">AKS: overlay networks</a>
 */
final class SubnetAddresses implements AddressSource<AzureContext> {
    @Override
    public List<AddressRange> ranges(Survey<AzureContext> survey, Inventory inventory) {
        return NodeSubnet.free(survey.context(), survey.spec(), inventory).stream()
                .map(free -> new AddressRange(name(survey, inventory), Fact.of(free)))
                .toList();
    }

    private static String name(Survey<AzureContext> survey, Inventory inventory) {
        String id = NodeSubnet.of(survey.context(), survey.spec(), inventory).id();
        return "subnet " + id.substring(id.lastIndexOf('/') + 1);
    }

    @Override
    public List<AddressNeed> needs(Survey<AzureContext> survey, Inventory inventory) {
        List<String> subnet = List.of(name(survey, inventory));
        List<AddressNeed> needs = new ArrayList<>();
        for (PoolConcern.Machines pool : PoolConcern.machines(survey.context(), survey.spec(), inventory)) {
            if (survey.changes(pool.id())) {
                long surge = survey.rolls(pool.id()) ? pool.surge() : 0;
                long more = Math.max(0, pool.scale().max() - pool.nodes()) + surge;
                needs.add(AddressNeed.fixed(pool.name(), subnet, more, 1));
            }
        }
        return needs;
    }

    @Override
    public String remedy(Survey<AzureContext> survey) {
        return survey.spec().network().existingId().isPresent()
                ? "Name a larger subnet, free addresses of this one, or lower scale.max."
                : "Widen network.cidr of a new backend, or lower scale.max.";
    }
}
