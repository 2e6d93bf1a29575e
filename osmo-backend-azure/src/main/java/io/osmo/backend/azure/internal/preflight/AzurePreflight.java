// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cost.AzurePrices;
import io.osmo.backend.spi.provider.NameCheck;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.PermissionsCheck;
import io.osmo.backend.spi.provider.Preflight;
import io.osmo.backend.spi.provider.address.AddressCheck;
import io.osmo.backend.spi.provider.cost.CostCheck;
import io.osmo.backend.spi.provider.quota.CounterOffers;
import io.osmo.backend.spi.provider.quota.QuotaCheck;
import java.util.List;

/** The checks before anything is created, in the order of the report. */
public final class AzurePreflight {
    private static final AddressCheck<AzureContext> ADDRESSES = new AddressCheck<>(new SubnetAddresses());

    public static final Preflight<AzureContext> PREFLIGHT = new Preflight<>(
            new IdentityCheck(),
            List.of(
                    new NameCheck<>(AksCluster.ID, "AKS"),
                    new GlobalNamesCheck(),
                    new PermissionsCheck<>(new ListedPermissions()),
                    new RegistrationCheck(),
                    new VersionCheck(),
                    new InstanceTypesCheck(),
                    new ExistingCheck(),
                    ADDRESSES,
                    new CallerCheck(),
                    new CostCheck<>(AzurePrices.INSTANCE),
                    new QuotaCheck<>(new AzureQuotas())),
            new CounterOffers<>(new AzureQuotas(), ADDRESSES));

    /** The rights that its checks need in addition to those for reading a backend. */
    public static final Needs NEEDS = GlobalNamesCheck.NEEDS.read(
            "Microsoft.Compute/locations/usages/read", "Microsoft.Network/locations/usages/read");

    private AzurePreflight() {}
}
