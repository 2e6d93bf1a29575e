// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

/**
 * Something that a cloud says about the machines of a pool.
 *
 * @param source where it says so, such as {@code EKS} or {@code scaling activity}
 * @param code its code in the cloud's spelling, empty when there is none
 * @param text its own words
 */
public record Statement(String source, String code, String text) {
    @Override
    public String toString() {
        return source + ": " + (code.isEmpty() || text.contains(code) ? "" : code + ": ") + text;
    }
}
