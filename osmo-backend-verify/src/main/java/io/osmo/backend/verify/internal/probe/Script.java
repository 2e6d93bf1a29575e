// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Shell scripts that probes run. They take values from the environment; nothing is ever inserted into their text. */
enum Script {
    NETWORK,
    IDLE,
    VOLUME,
    GPU;

    String text() {
        return this == NETWORK || this == IDLE ? read("trust") + read(file()) : read(file());
    }

    private String file() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String read(String script) {
        String file = script + ".sh";
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the script " + file + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
