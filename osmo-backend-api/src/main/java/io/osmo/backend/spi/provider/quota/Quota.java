// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.cluster.Fact;

/**
 * A limit of an account in a region, in the unit in which the cloud counts.
 *
 * @param code by which the cloud knows it, such as {@code L-417A185B}
 * @param what it counts, such as {@code vCPUs of On-Demand P instances}
 * @param place where it holds, such as a region
 * @param limit the most that the account may have
 * @param used what the account has, of this backend and of others
 * @param askAt where more can be asked for
 */
public record Quota(String code, String what, String place, Fact<Long> limit, Fact<Long> used, String askAt) {
    /** What is left; negative when the account has more than it may have. */
    public Fact<Long> left() {
        return limit.flatMap(most -> used.map(now -> most - now));
    }
}
