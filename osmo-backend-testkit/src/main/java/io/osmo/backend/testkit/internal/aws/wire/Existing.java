// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.util.Map;
import java.util.Optional;

/** What an account has of what calls name. */
public interface Existing {
    /** Path and name of a role by its name; only the name if there is no such role. */
    String role(String name);

    /**
     * Tags of one resource; empty if it does not exist.
     *
     * @param service prefix of IAM actions
     * @param name as {@link io.osmo.backend.testkit.internal.aws.tagging.TagsByName} takes it
     */
    Optional<Map<String, String>> tags(String service, String name);
}
