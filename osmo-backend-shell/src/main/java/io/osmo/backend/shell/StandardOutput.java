// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Standard output that tolerates a reader that stops reading, such as {@code head}. */
final class StandardOutput extends FilterOutputStream {
    private volatile boolean readerGone;

    StandardOutput(OutputStream out) {
        super(out);
    }

    /** Whether a write failed because the reader has closed the pipe. */
    boolean readerGone() {
        return readerGone;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            // "Broken pipe" on Unix, "The pipe is being closed" on Windows; Java has no exception type for it.
            readerGone |=
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
            throw e;
        }
    }
}
