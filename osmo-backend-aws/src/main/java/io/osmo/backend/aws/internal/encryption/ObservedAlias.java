// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

/**
 * An alias and the key that it points to.
 *
 * @param name begins with {@code alias/}
 */
public record ObservedAlias(String name, String keyId) {}
