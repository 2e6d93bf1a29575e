// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

/**
 * The label that a cloud sets on the nodes of a pool.
 *
 * @param key such as {@code eks.amazonaws.com/nodegroup}
 * @param value name of the pool in the cloud
 */
public record NodeLabel(String key, String value) {
    @Override
    public String toString() {
        return key + "=" + value;
    }
}
