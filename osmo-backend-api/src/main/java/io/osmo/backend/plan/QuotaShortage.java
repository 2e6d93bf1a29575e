// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import java.util.List;

/**
 * A limit of the cloud that a backend would exceed, in the unit in which the cloud counts.
 *
 * @param code by which the cloud knows the quota, such as {@code L-417A185B}
 * @param what it counts, such as {@code vCPUs of On-Demand P instances}
 * @param place where it holds, such as {@code us-west-2}
 * @param limit the most that the account may have
 * @param used what the account has now, of this backend and of others
 * @param needed what is still to come, with all pools at their maximum
 * @param needs what each part of the backend takes, such as {@code pool h100: 384}
 * @param askAt where more can be asked for
 * @param alternatives what would fit instead, a sentence each; empty when nothing is known to
 */
public record QuotaShortage(
        String code,
        String what,
        String place,
        long limit,
        long used,
        long needed,
        List<String> needs,
        String askAt,
        List<String> alternatives) {
    public QuotaShortage {
        needs = List.copyOf(needs);
        alternatives = List.copyOf(alternatives);
    }

    /** What is left of the limit; never negative. */
    public long left() {
        return Math.max(0, limit - used);
    }
}
