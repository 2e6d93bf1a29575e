// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.fake;

import io.osmo.backend.resource.ResourceId;
import java.util.Map;
import java.util.Set;

/** What a describe call of the fake cloud gives: an immutable picture of one object. */
public record Thing(
        long serial, ResourceId id, Set<ResourceId> after, Map<String, String> fields, Phase phase, String reason) {
    /** States of an object. */
    public enum Phase {
        CREATING,
        READY,
        FAILED,
        DELETING
    }
}
