// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cost.GcpPrices;
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
public final class GcpPreflight {
    private static final AddressCheck<GcpContext> ADDRESSES = new AddressCheck<>(new RangeAddresses());

    public static final Preflight<GcpContext> PREFLIGHT = new Preflight<>(
            new IdentityCheck(),
            List.of(
                    new NameCheck<>(GkeCluster.ID, "GKE"),
                    new PermissionsCheck<>(new TestedPermissions()),
                    new ServicesCheck(),
                    new VersionCheck(),
                    new InstanceTypesCheck(),
                    new ReservationCheck(),
                    new NetworkCheck(),
                    ADDRESSES,
                    new AdminsCheck(),
                    new KeyCheck(),
                    new CostCheck<>(GcpPrices.INSTANCE),
                    new QuotaCheck<>(new GcpQuotas())),
            new CounterOffers<>(new GcpQuotas(), ADDRESSES));

    /** The rights that its checks need in addition to those for reading a backend. */
    public static final Needs NEEDS = Needs.reading(
            "compute.regions.get",
            "compute.projects.get",
            "compute.machineTypes.list",
            "compute.acceleratorTypes.list");

    private GcpPreflight() {}
}
