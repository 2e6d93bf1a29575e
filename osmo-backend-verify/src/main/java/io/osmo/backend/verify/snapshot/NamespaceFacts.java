// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * A namespace.
 *
 * @param phase {@code Active} or {@code Terminating}
 * @param podSecurity Pod Security level that is enforced; empty when none is
 */
public record NamespaceFacts(String name, String uid, String phase, String podSecurity) {
    /** Kind and name, as reports name it. */
    @Override
    public String toString() {
        return "namespace/" + name;
    }
}
