// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.backup.BackupReader;
import io.osmo.backend.aws.internal.cluster.ClusterReader;
import io.osmo.backend.aws.internal.cost.AwsPrices;
import io.osmo.backend.aws.internal.encryption.KeyReader;
import io.osmo.backend.aws.internal.identity.RoleReader;
import io.osmo.backend.aws.internal.pool.PoolReader;
import io.osmo.backend.spi.provider.NameCheck;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.PermissionsCheck;
import io.osmo.backend.spi.provider.Preflight;
import io.osmo.backend.spi.provider.address.AddressCheck;
import io.osmo.backend.spi.provider.cost.CostCheck;
import io.osmo.backend.spi.provider.quota.CounterOffers;
import io.osmo.backend.spi.provider.quota.QuotaCheck;
import java.util.List;

/** The questions of the preflight, in the order of the report. */
public final class AwsPreflight {
    private static final AddressCheck<AwsContext> ADDRESSES = new AddressCheck<>(new SubnetAddresses());

    public static final Preflight<AwsContext> PREFLIGHT = new Preflight<>(
            new IdentityCheck(),
            List.of(
                    new NameCheck<>(
                            Ids.CLUSTER,
                            "EKS",
                            List.of(
                                    ClusterReader.INSTANCE,
                                    KeyReader.INSTANCE,
                                    BackupReader.INSTANCE,
                                    PoolReader.INSTANCE,
                                    RoleReader.INSTANCE)),
                    new PermissionsCheck<>(new SimulatedPolicies()),
                    new VersionCheck(),
                    new AddonCheck(),
                    new InstanceTypesCheck(),
                    new ReservationCheck(),
                    new SpotRoleCheck(),
                    new NetworkCheck(),
                    ADDRESSES,
                    new KeyCheck(),
                    new AdminsCheck(),
                    new CostCheck<>(AwsPrices.INSTANCE),
                    new QuotaCheck<>(new AwsQuotas())),
            new CounterOffers<>(new AwsQuotas(), ADDRESSES));

    /** The rights that its checks need in addition to those for reading a backend. */
    public static final Needs NEEDS = Needs.reading(
            "iam:GetRole",
            "servicequotas:ListServiceQuotas",
            "ec2:DescribeInstances",
            "ec2:DescribeVolumes",
            "ec2:DescribeVpcs",
            "ec2:DescribeAddresses",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeNatGateways",
            "ec2:DescribeSubnets",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeInstanceTypeOfferings");

    private AwsPreflight() {}
}
