// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;

/** Reads ranges of IPv4 addresses, with the refusal of the network provider. */
public final class Cidrs {
    private Cidrs() {}

    public static IpRange range(String text) {
        return IpRange.parse(text)
                .filter(range -> range.ipv4() && range.toString().equals(text))
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidCIDRNotation", "The address prefix '" + text + "' has an invalid CIDR notation."));
    }
}
