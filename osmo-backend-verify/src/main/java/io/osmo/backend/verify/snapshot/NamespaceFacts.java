// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * A namespace.
 *
 * @param phase {@code Active} or {@code Terminating}
 */
public record NamespaceFacts(String name, String uid, String phase) {}
