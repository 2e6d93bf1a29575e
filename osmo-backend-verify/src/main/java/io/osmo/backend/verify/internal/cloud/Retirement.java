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
 * A node image that is no longer maintained, or an instance type that is no longer sold.
 *
 * @param subject whether it is about images or types
 * @param pattern which images or types
 * @param until last day of maintenance or sale; empty if it was already over when the page was read
 * @param source page of the vendor that says so
 * @param asOf day on which that page was read
 */
public record Retirement(Subject subject, Pattern pattern, Optional<LocalDate> until, String source, LocalDate asOf) {
    /** What is retired. */
    public enum Subject {
        OS_IMAGE("os-image"),
        INSTANCE_TYPE("instance-type");

        private final String text;

        Subject(String text) {
            this.text = text;
        }
    }

    private static final List<Retirement> ALL = read();

    /** All known retirements. */
    public static List<Retirement> all() {
        return ALL;
    }

    /** The retirement of an image or type, if it is over on that day. */
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
