// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * A quota that a backend would exceed, in the unit of the cloud.
 *
 * @param code code of the quota in the cloud, such as {@code L-417A185B}
 * @param what what the quota counts, such as {@code vCPUs of On-Demand P instances}
 * @param place where it applies, such as {@code us-west-2}
 * @param limit the limit of the account
 * @param used what the account uses now, for this backend and others
 * @param needed what is needed in addition, with all pools at their maximum
 * @param needs what each part of the backend needs, such as {@code pool h100: 384}
 * @param askAt where to request an increase
 * @param alternatives what would fit instead, one sentence each; empty if nothing is known
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

    /** This, with more that would fit instead. */
    QuotaShortage withAlternatives(List<String> more) {
        return new QuotaShortage(
                code,
                what,
                place,
                limit,
                used,
                needed,
                needs,
                askAt,
                Stream.concat(alternatives.stream(), more.stream()).toList());
    }

    /** The unused part of the limit; never negative. */
    public long left() {
        return Math.max(0, limit - used);
    }
}
