// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;

/** Arithmetic on IPv4 ranges, with EC2's refusals. */
final class Cidrs {
    private Cidrs() {}

    /** A range between /16 and /28 without host bits, as VPCs and subnets must have. */
    static IPAddress block(String cidr, String code) {
        IPAddress range = range(cidr);
        int prefix = range.getPrefixLength();
        if (prefix < 16 || prefix > 28) {
            throw AwsErrors.ec2(code, "The CIDR '" + cidr + "' is invalid.");
        }
        return range;
    }

    static IPAddress range(String cidr) {
        IPAddress range = new IPAddressString(cidr).getAddress();
        if (range == null || !range.isIPv4() || range.getPrefixLength() == null || !range.isPrefixBlock()) {
            throw AwsErrors.ec2(
                    "InvalidParameterValue",
                    "Value (" + cidr + ") for parameter cidrBlock is invalid. This is not a valid CIDR block.");
        }
        return range;
    }

    static boolean overlap(IPAddress a, IPAddress b) {
        return a.intersect(b) != null;
    }

    /** Addresses that EC2 leaves to its users: all but the first four and the last. */
    static int usable(IPAddress range) {
        return range.getCount().intValue() - 5;
    }
}
