// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something whose maker stops maintaining or selling it.
 *
 * @param subject what kind of thing
 * @param pattern which of them
 * @param until last day on which it is still good; empty when it was over already when the page was read
 * @param source page of the maker that says so
 * @param asOf day on which that page was read
 */
public record Retirement(Subject subject, Pattern pattern, Optional<LocalDate> until, String source, LocalDate asOf) {
    /** Kinds of things. */
    public enum Subject {
        OS_IMAGE("os-image"),
        INSTANCE_TYPE("instance-type");

        private final String text;

        Subject(String text) {
            this.text = text;
        }
    }

    private static final List<Retirement> ALL = read();

    /** All that are known. */
    public static List<Retirement> all() {
        return ALL;
    }

    /** The one that covers a thing and is over on that day. */
    public static Optional<Retirement> of(Subject subject, String thing, LocalDate day) {
        return ALL.stream()
                .filter(r -> r.subject == subject
                        && r.until.filter(last -> !day.isAfter(last)).isEmpty()
                        && r.pattern.matcher(thing).matches())
                .findFirst();
    }

    private static List<Retirement> read() {
        try (InputStream in = Retirement.class.getResourceAsStream("retirements.json")) {
            List<Retirement> all = new ArrayList<>();
            for (JsonNode entry : new ObjectMapper().readTree(in)) {
                all.add(new Retirement(
                        subject(entry.get("subject").asText()),
                        Pattern.compile(entry.get("pattern").asText()),
                        entry.hasNonNull("until")
                                ? Optional.of(LocalDate.parse(entry.get("until").asText()))
                                : Optional.empty(),
                        entry.get("source").asText(),
                        LocalDate.parse(entry.get("asOf").asText())));
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Subject subject(String text) {
        for (Subject subject : Subject.values()) {
            if (subject.text.equals(text)) {
                return subject;
            }
        }
        throw new IllegalStateException("retirements.json names the unknown subject " + text);
    }
}
