// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import java.util.Map;

/**
 * What IAM says of the administrators that a spec names; an attachment of the inventory.
 *
 * @param known by the ARN of the spec; those of other accounts and those that the caller may not read are left out
 */
record Principals(Map<String, Answer> known) {
    Principals {
        known = Map.copyOf(known);
    }

    /** @param arn ARN of the principal of that name; empty when there is none */
    record Answer(String arn) {
        static final Answer NONE = new Answer("");
    }
}
