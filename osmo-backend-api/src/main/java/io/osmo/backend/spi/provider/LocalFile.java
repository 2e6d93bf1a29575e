// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.internal.files.RegularFile;
import java.nio.file.Path;

/** Files of this machine that settings name, such as a kubeconfig. */
public final class LocalFile {
    private LocalFile() {}

    /**
     * Reads a small file completely. Pipes and devices are refused, because reading them may never end.
     *
     * @param limit the longest file that is read, in bytes
     * @throws java.io.UncheckedIOException if it is absent, unreadable, too long, or not a regular file; the message continues the name
     *     of the file, as in "is larger than 1024 bytes"
     */
    public static byte[] read(Path file, int limit) {
        return RegularFile.read(file, limit);
    }

    /** {@link #read} for a text in UTF-8. */
    public static String text(Path file, int limit) {
        return RegularFile.text(file, limit);
    }
}
