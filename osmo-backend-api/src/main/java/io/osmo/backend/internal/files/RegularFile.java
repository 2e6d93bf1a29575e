// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small files whole. A pipe would block forever, a device such as {@code /dev/zero} or a large file would fill the heap. */
public final class RegularFile {
    private RegularFile() {}

    /**
     * @param limit the longest file that is read, in bytes
     * @throws UncheckedIOException if it is absent, unreadable, too long, or a pipe, a device or a directory; the message continues
     *     the name of the file, as in "is larger than 1024 bytes"
     */
    public static byte[] read(Path file, int limit) {
        if (!Files.exists(file)) {
            throw refused("does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw refused("is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = Files.size(file) > limit ? new byte[0] : in.readNBytes(limit + 1);
            if (Files.size(file) > limit || content.length > limit) {
                throw refused("is larger than " + limit + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read", e);
        }
    }

    /** {@link #read} for a text in UTF-8. */
    public static String text(Path file, int limit) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read(file, limit)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException("is not UTF-8 text", e);
        }
    }

    private static UncheckedIOException refused(String why) {
        return new UncheckedIOException(why, new IOException(why));
    }
}
