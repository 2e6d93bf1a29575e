// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes to the output that the host has configured. */
final class Sink {
    private final Appendable out;

    Sink(Appendable out) {
        this.out = out;
    }

    void write(String text) {
        try {
            out.append(text);
            if (out instanceof Flushable flushable) {
                flushable.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
