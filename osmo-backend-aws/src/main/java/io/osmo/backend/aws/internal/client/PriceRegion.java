// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.client;

import io.osmo.backend.aws.internal.Partition;
import java.util.Optional;

/**
 * Where the Price List of a partition is served. It has the prices of all regions of its partition. AWS GovCloud (US) has none, and its
 * credentials are not valid elsewhere.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/billing.html">AWS General Reference: endpoints of the Price List</a>
 */
public final class PriceRegion {
    private PriceRegion() {}

    /** Of the partition that a region belongs to; empty when that has no Price List. */
    public static Optional<String> of(String region) {
        return switch (Partition.of(region)) {
            case "aws" -> Optional.of("us-east-1");
            case "aws-cn" -> Optional.of("cn-northwest-1");
            default -> Optional.empty();
        };
    }
}
