// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.OsDisk;
import io.osmo.backend.azure.internal.catalog.PoolTypes;
import io.osmo.backend.azure.internal.cluster.DesiredCluster;
import io.osmo.backend.azure.internal.pool.OsDisks;
import io.osmo.backend.azure.internal.pool.Zones;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether the VM sizes of the pools are sold in their zones. The list of SKUs has no dates, and Azure Advisor tells retirements of
 * resources that exist.
 *
 * @see <a href="https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list">retired sizes</a>
 */
final class InstanceTypesCheck extends RulesCheck<AzureContext> {
    InstanceTypesCheck() {
        super(
                "instance-types",
                Requirement.CN_1,
                "the VM sizes are sold",
                List.of("computePools", "operatorPool", "settings.systemInstanceType", "settings.capacity"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AzureContext> survey, Inventory inventory) {
        return inventory.attachment(Offers.class).isEmpty()
                ? List.of()
                : Stream.concat(
                                survey.spec().pools().stream().map(pool -> sold(pool, survey, inventory)),
                                Stream.of(pass(
                                        "end of sale: Azure tells no date for a VM size before machines of it exist")))
                        .toList();
    }

    private PreflightFinding sold(NodePool pool, Survey<AzureContext> survey, Inventory inventory) {
        String size = PoolTypes.of(pool);
        List<String> zones = DesiredCluster.zones(size, pool.zones(), survey.spec(), inventory);
        return pass("pool " + pool.name() + ": " + size + " sold "
                + (zones.isEmpty() ? "in a region without zones for it" : "in " + Zones.text(zones))
                + "; its OS disk of " + pool.diskGib() + " GiB "
                + disk(OsDisks.of(survey.context(), survey.spec(), pool, inventory)));
    }

    private static String disk(OsDisk disk) {
        return switch (disk) {
            case EPHEMERAL -> "is ephemeral";
            case MANAGED -> "is a managed disk";
            case UNKNOWN -> "may be ephemeral or managed: UNKNOWN until AKS has created the pool";
        };
    }
}
