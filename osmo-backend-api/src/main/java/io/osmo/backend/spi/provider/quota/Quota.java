// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.cluster.Fact;

/**
 * A quota of an account. Amounts are in the unit in which the cloud counts.
 *
 * @param code the cloud's code for the quota, such as {@code L-417A185B}
 * @param what what the quota counts, such as {@code vCPUs of On-Demand P instances}
 * @param place where the quota applies, such as a region
 * @param limit the maximum that the account can use
 * @param used what the account uses, including this backend
 * @param askAt where to request an increase
 */
public record Quota(String code, String what, String place, Fact<Long> limit, Fact<Long> used, String askAt) {
    /** What is left; negative if the account uses more than the limit, unknown if the limit or the usage is. */
    public Fact<Long> left() {
        return limit.flatMap(most -> used.map(now -> most - now));
    }
}
