// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the files that arguments name. */
final class InputFiles {
    /** In bytes; far more than any spec or plan has. */
    private static final long LONGEST = 64L << 20;

    private static final Pattern PLAN = Pattern.compile("\\A\\s*\\{\\s*\"format\"\\s*:\\s*\"osmo-backend-plan/");

    private InputFiles() {}

    static SpecFile spec(Path file) {
        String text = text(file);
        if (isPlan(text)) {
            throw new UnusableException(name(file) + " is a stored plan, not a spec: carry it out with apply.");
        }
        return SpecFile.of(name(file), text);
    }

    private static String name(Path file) {
        return isStandardInput(file) ? "standard input" : file.toString();
    }

    static boolean isStandardInput(Path file) {
        return file.toString().equals("-");
    }

    /** The stored plan in a file, or the plan that {@code planning} makes for the spec in it. */
    static Stored planOrSpec(Path file, Function<BackendSpec, Plan> planning) {
        String text = text(file);
        return isPlan(text)
                ? new Stored(Plan.fromJson(text), true)
                : new Stored(SpecFile.of(name(file), text).use(planning), false);
    }

    /** @param stored whether the plan was read from a file, so that the user has seen it before */
    record Stored(Plan plan, boolean stored) {}

    private static boolean isPlan(String text) {
        return PLAN.matcher(text).find();
    }

    /** @throws UnusableException if the text is not a valid path */
    static Path path(String text) {
        if (text.isBlank()) {
            throw new UnusableException("The name of a file is empty.");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UnusableException(
                    "'" + text + "' is no file name in the locale of this process. Set LC_ALL=C.UTF-8.");
        }
    }

    /** @throws UnusableException if it is not a regular text file */
    static String text(Path file) {
        try {
            if (isStandardInput(file)) {
                return standardInput();
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new UnusableException(file + " is not a regular file.");
            }
            if (Files.size(file) > LONGEST) {
                throw new UnusableException(file + " is larger than " + (LONGEST >> 20) + " MiB.");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UnusableException(
                    Target.isReference(file.toString())
                            ? file + " is a reference; this command needs the file of a spec."
                            : file + " does not exist.");
        } catch (AccessDeniedException e) {
            throw new UnusableException(file + " may not be read by this user.");
        } catch (CharacterCodingException e) {
            throw new UnusableException(name(file) + " is not a text in UTF-8.");
        } catch (IOException e) {
            throw new UnusableException(name(file) + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * Whether the process was started without standard input, as with {@code <&-}. The first file that the JVM opens then gets its file
     * descriptor: the JDK's class library, which would be read as the spec.
     */
    static boolean isClosed(Path input) {
        try {
            return Files.isSameFile(input, Path.of(System.getProperty("java.home", ""), "lib", "modules"));
        } catch (IOException absent) {
            return false;
        }
    }

    /** Buffered, because a file stream seeks before it reads many bytes, and a pipe is not seekable. */
    private static String standardInput() throws IOException {
        if (isClosed(Path.of("/dev/stdin"))) {
            throw new UnusableException("standard input is closed: name a file, or send the text to standard input.");
        }
        try (InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in))) {
            byte[] bytes = in.readNBytes((int) LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new UnusableException("standard input is larger than " + (LONGEST >> 20) + " MiB.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }
}
