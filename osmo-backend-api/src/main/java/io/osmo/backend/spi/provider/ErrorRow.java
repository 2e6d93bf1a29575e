// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.CloudError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row of an {@link ErrorTable}: which answers it matches, what they mean, how long to retry, and what to do. Built from {@link
 * #codes}, as in {@code ErrorRow.codes("Throttling*").means(THROTTLED).remedy("Apply again later.").source(url)}.
 *
 * @param codes patterns, at least one of which must match a code of the answer; {@code *} matches any characters
 * @param message what the message must contain; empty if any message matches
 * @param error what the answer means
 * @param patience how long the call is repeated while this is the answer: zero for never, empty for up to the deadline of the resource
 * @param remedy the next thing to do, as a sentence; {@code {operation}} is replaced by the call that was refused
 * @param field path of the field of the spec that such an answer refuses; empty if it is about none
 * @param source address of the vendor's page, or the name of the vendor's model, that documents it
 */
public record ErrorRow(
        List<String> codes,
        Optional<Pattern> message,
        CloudError error,
        Optional<Duration> patience,
        String remedy,
        Optional<String> field,
        String source) {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    public ErrorRow {
        codes = List.copyOf(codes);
    }

    /** @param patterns patterns of codes, separated by white space */
    public static Start codes(String patterns) {
        return new Start(List.of(patterns.strip().split("\\s+")), Optional.empty());
    }

    /** Whether the codes match; the message must match too. */
    boolean matchesCodes(List<String> given) {
        return codes.stream().anyMatch(pattern -> given.stream().anyMatch(code -> matches(pattern, code)));
    }

    /** Whether the message matches; the codes must match too. */
    boolean matchesMessage(String text) {
        return message.filter(m -> !m.matcher(text).find()).isEmpty();
    }

    /** Whether the row matches every answer. */
    boolean matchesAll() {
        return codes.contains("*") && message.isEmpty();
    }

    private static boolean matches(String pattern, String code) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equalsIgnoreCase(code);
        }
        int at = parts[0].length();
        if (!code.regionMatches(true, 0, parts[0], 0, at)) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int found = indexOf(code, parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        int end = code.length() - last.length();
        return end >= at && code.regionMatches(true, end, last, 0, last.length());
    }

    private static int indexOf(String code, String part, int from) {
        for (int i = from; i + part.length() <= code.length(); i++) {
            if (code.regionMatches(true, i, part, 0, part.length())) {
                return i;
            }
        }
        return -1;
    }

    /**
     * A row that so far has only the answer that it matches.
     *
     * @param codes patterns of codes
     * @param message what the message has to contain
     */
    public record Start(List<String> codes, Optional<Pattern> message) {
        /** @param regex regular expression for a part of the message; case is ignored */
        public Start saying(String regex) {
            return new Start(codes, Optional.of(Pattern.compile(regex, FLAGS)));
        }

        public Rest means(CloudError error) {
            return new Rest(this, error, Optional.empty(), "", Optional.empty());
        }
    }

    /**
     * A row that lacks only the source.
     *
     * @param start the answer
     * @param error what it means
     * @param patience how long it is worth a retry
     * @param remedy what to do
     * @param field of the spec that is wrong
     */
    public record Rest(
            Start start, CloudError error, Optional<Duration> patience, String remedy, Optional<String> field) {
        /** Not retried, although other errors of this kind are. */
        public Rest never() {
            return new Rest(start, error, Optional.of(Duration.ZERO), remedy, field);
        }

        /** Retried for this many minutes. */
        public Rest minutes(long minutes) {
            return new Rest(start, error, Optional.of(Duration.ofMinutes(minutes)), remedy, field);
        }

        public Rest remedy(String text) {
            return new Rest(start, error, patience, text, field);
        }

        /** @param path of the field of the spec that is wrong, such as {@code region} */
        public Rest refuses(String path) {
            return new Rest(start, error, patience, remedy, Optional.of(path));
        }

        /** Completes the row. */
        public ErrorRow source(String page) {
            return new ErrorRow(start.codes(), start.message(), error, patience, remedy, field, page);
        }
    }
}
