// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

/**
 * A message of the cloud about the machines of a pool.
 *
 * @param source where it comes from, such as {@code EKS} or {@code scaling activity}
 * @param code the cloud's own code; empty if there is none
 * @param text the message
 */
public record Statement(String source, String code, String text) {
    @Override
    public String toString() {
        return source + ": " + (code.isEmpty() || text.contains(code) ? "" : code + ": ") + text;
    }
}
