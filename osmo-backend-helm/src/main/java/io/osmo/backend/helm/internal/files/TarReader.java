// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a tar archive in the formats that chart tools write: ustar, and the long names of PAX and GNU.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">pax: ustar and pax interchange formats</a>
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int LONGEST_HEADER = 64 << 10;

    private final InputStream in;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * A header. The next {@code size} bytes of the stream are its content.
     *
     * @param type as in the archive: {@code 0} for a file, {@code 5} for a folder
     */
    record Entry(String name, char type, long size) {
        boolean isFile() {
            return type == '0' || type == '\0';
        }

        boolean isFolder() {
            return type == '5';
        }
    }

    /** The next entry, or empty at the end. The content of the one before must have been read. */
    Optional<Entry> next() throws IOException {
        String longName = null;
        while (true) {
            in.skipNBytes(padding);
            padding = 0;
            byte[] header = in.readNBytes(BLOCK);
            if (header.length == 0 || isZero(header)) {
                return Optional.empty();
            }
            if (header.length < BLOCK || !checksumFits(header)) {
                throw new IOException("it is not a tar archive");
            }
            long size = number(header, 124, 12);
            char type = (char) header[156];
            padding = (BLOCK - size % BLOCK) % BLOCK;
            if (type == 'x' || type == 'L') {
                byte[] content = extension(size);
                String name = type == 'L' ? text(content, 0, content.length) : paxPath(content);
                longName = name.isEmpty() ? longName : name;
            } else if (type == 'g') {
                extension(size);
            } else {
                return Optional.of(new Entry(longName == null ? name(header) : longName, type, size));
            }
        }
    }

    private byte[] extension(long size) throws IOException {
        if (size > LONGEST_HEADER) {
            throw new IOException("a header of it is too long");
        }
        return in.readNBytes((int) size);
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        boolean ustar = text(header, 257, 5).equals("ustar") && header[262] == 0;
        String prefix = ustar ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Records are "length key=value\n"; the length is in bytes and counts itself. */
    private static String paxPath(byte[] records) throws IOException {
        String path = "";
        int start = 0;
        while (start < records.length) {
            int blank = start;
            while (blank < records.length && records[blank] != ' ') {
                blank++;
            }
            int length = decimal(text(records, start, blank - start));
            if (length <= blank - start + 1 || length > records.length - start) {
                throw new IOException("a header of it is damaged");
            }
            String record = text(records, blank + 1, length - (blank - start) - 2);
            if (record.startsWith("path=")) {
                path = record.substring("path=".length());
            } else if (record.startsWith("size=")) {
                throw new IOException("it has a file of 8 GB or more");
            }
            start += length;
        }
        return path;
    }

    private static int decimal(String digits) throws IOException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IOException("a header of it is damaged", e);
        }
    }

    private static boolean checksumFits(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
        }
        return sum == number(header, 148, 8);
    }

    private static long number(byte[] header, int start, int length) throws IOException {
        String digits = text(header, start, length).strip();
        try {
            long number = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below; sizes in binary are those of files of 8 GB or more.
        }
        throw new IOException("a header of it is damaged");
    }

    private static boolean isZero(byte[] block) {
        return Arrays.equals(block, new byte[block.length]);
    }

    private static String text(byte[] bytes, int start, int length) {
        int end = start;
        while (end < start + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
