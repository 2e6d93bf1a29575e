// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Gives parsers one input after another, and counts. */
public final class Tries {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_MESSAGE = 20_000;

    /** Documents of some characters are tried so many times as often as whole specs and plans, which take longer. */
    private static final int SHORT = 15;

    /** By parser. */
    private static final Map<String, Tally> TALLIES = new TreeMap<>();

    private static final class Tally {
        private long inputs;
        private long accepted;
        private long slowest;
    }

    private Tries() {}

    /** Prints how many inputs each parser had. */
    public static void tell() {
        TALLIES.forEach((parser, tally) -> System.out.printf(
                "%-32s %,9d inputs, %,9d accepted, the slowest took %,6d ms%n",
                parser, tally.inputs, tally.accepted, tally.slowest));
        System.out.printf(
                "%-32s %,9d inputs%n",
                "together",
                TALLIES.values().stream().mapToLong(tally -> tally.inputs).sum());
    }

    /** @param family the exceptions with which the parser may refuse an input */
    public static void parse(
            String parser, Mutations documents, long seed, Predicate<RuntimeException> family, Consumer<String> parse) {
        String document = documents.of(seed);
        String description = parser + ", seed " + seed + ", " + document.length() + " characters: "
                + document.substring(0, Math.min(document.length(), 2_000));
        Tally tally = TALLIES.computeIfAbsent(parser, name -> new Tally());
        long took = Watchdog.run(description, () -> {
                    try {
                        parse.accept(document);
                        tally.accepted++;
                    } catch (RuntimeException e) {
                        if (!family.test(e)) {
                            throw new AssertionError("outside of the family: " + e + " for " + description, e);
                        }
                        assertThat(String.valueOf(e.getMessage()).length()).isLessThan(LONGEST_MESSAGE);
                    }
                })
                .toMillis();
        tally.inputs++;
        tally.slowest = Math.max(tally.slowest, took);
        assertThat(took).as(description).isLessThan(Watchdog.LIMIT.toMillis());
    }

    /** For readers of JSON that refuse nothing. For them, what is no JSON is a missing node. */
    public static void read(String reader, Mutations documents, long seed, Consumer<JsonNode> read) {
        parse(reader, documents, seed, none -> false, text -> {
            try {
                read.accept(JSON.readTree(text.isBlank() ? "null" : text));
            } catch (JsonProcessingException noAnswer) {
                read.accept(JSON.missingNode());
            }
        });
    }

    /** For parsers of short documents: some inputs for each seed. */
    public static void parseShort(
            String parser, Mutations documents, long seed, Predicate<RuntimeException> family, Consumer<String> parse) {
        for (int i = 0; i < SHORT; i++) {
            parse(parser, documents, seed * SHORT + i, family, parse);
        }
    }
}
