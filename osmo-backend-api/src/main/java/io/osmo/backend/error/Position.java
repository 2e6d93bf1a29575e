// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

/**
 * A place in a text.
 *
 * @param line number of the line, from 1
 * @param column number of the character in its line, from 1
 */
public record Position(int line, int column) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
