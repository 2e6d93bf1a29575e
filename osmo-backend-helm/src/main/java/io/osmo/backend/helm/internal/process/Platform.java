// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.process;

import java.util.Locale;

/**
 * An operating system and a processor, as helm-java names its artifacts.
 *
 * @param os {@code linux}, {@code darwin} or {@code windows}, or what the JVM calls another system
 * @param processor {@code amd64} or {@code arm64}, or what the JVM calls another processor
 */
record Platform(String os, String processor) {
    static Platform current() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return new Platform(
                os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : os,
                switch (processor) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> processor;
                });
    }

    boolean isWindows() {
        return os.equals("windows");
    }

    /** The artifact that has Helm's code for this platform. */
    String artifact() {
        return "com.marcnuri.helm-java:" + os + "-" + processor;
    }

    /** The class of that artifact which loads the code. */
    String libraryClass() {
        return "com.marcnuri.helm.jni." + os + "." + processor + "." + capitalized(os) + capitalized(processor)
                + "NativeLibrary";
    }

    private static String capitalized(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
