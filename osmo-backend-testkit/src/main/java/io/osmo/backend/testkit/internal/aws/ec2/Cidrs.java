// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.cluster.IpRange;

/** IPv4 ranges, with EC2's refusals. */
public final class Cidrs {
    private Cidrs() {}

    /** A range from /16 to /28, as VPCs and subnets must have. */
    static IpRange block(String cidr, String code) {
        IpRange range = range(cidr);
        if (range.prefix() < 16 || range.prefix() > 28) {
            throw Ec2Errors.of(code, "The CIDR '" + cidr + "' is invalid.");
        }
        return range;
    }

    public static IpRange range(String cidr) {
        return IpRange.parse(cidr)
                .filter(range -> range.ipv4() && range.toString().equals(cidr))
                .orElseThrow(() -> Ec2Errors.of(
                        "InvalidParameterValue",
                        "Value (" + cidr + ") for parameter cidrBlock is invalid. This is not a valid CIDR block."));
    }

    /** Addresses that EC2 leaves to its users: all but the first four and the last. */
    static int usable(IpRange range) {
        return (int) range.size() - 5;
    }
}
