// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the output of the scripts. Other output may be mixed in, so lines that do not have exactly the form that the scripts
 * write are ignored.
 */
final class Answers {
    private static final String TEXT = "(-|[A-Za-z0-9+/]+={0,2})";
    private static final Pattern ANSWER =
            Pattern.compile("answer ([0-9]{1,3}) ([0-9]{1,3}) ([0-9]{3}) (-|[A-Za-z0-9.]+)" + " ([0-9]{1,12}) " + TEXT
                    + " " + TEXT + " " + TEXT + " " + TEXT);
    private static final Pattern EXIT = Pattern.compile("exit ([0-9]{1,3})");

    private static final Pattern ASKED = Pattern.compile("(first|second) ([0-9]{3}) ([0-9]{1,3}) ?(.*)");
    private static final Pattern ERROR = Pattern.compile("error " + TEXT);
    private static final String TIMED_OUT = "28";

    /** As OpenSSL writes it: {@code Mar  7 12:00:00 2027 GMT}. */
    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy zzz", Locale.ROOT);

    private Answers() {}

    /** The answers of the network script by the number of their target, except those that are truncated or garbled. */
    static Map<Integer, Answer> network(String said) {
        Map<Integer, Answer> answers = new HashMap<>();
        said.lines().forEach(line -> {
            Matcher match = ANSWER.matcher(line);
            if (match.matches()) {
                answer(match).ifPresent(answer -> answers.put(Integer.parseInt(match.group(1)), answer));
            }
        });
        return answers;
    }

    private static Optional<Answer> answer(Matcher match) {
        try {
            long seconds = Long.parseLong(match.group(5));
            String date = decode(match.group(6));
            Optional<Long> offset = date.isEmpty()
                    ? Optional.empty()
                    : Optional.of(seconds
                            - ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toEpochSecond());
            return Optional.of(new Answer(
                    Integer.parseInt(match.group(2)),
                    Integer.parseInt(match.group(3)),
                    match.group(4).equals("-") ? "" : match.group(4),
                    decode(match.group(7)).lines().map(Answers::expiry).min(Instant::compareTo),
                    offset,
                    decode(match.group(8)),
                    decode(match.group(9))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant expiry(String line) {
        return ZonedDateTime.parse(line.strip().replaceAll(" +", " "), EXPIRY).toInstant();
    }

    private static String decode(String base64) {
        return base64.equals("-") ? "" : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** Whether the idle script could use its connection again. */
    static Fact<Boolean> idle(String said) {
        Matcher first = find(ASKED, said, "first");
        Matcher second = find(ASKED, said, "second");
        Matcher exit = find(EXIT, said);
        Matcher error = find(ERROR, said);
        if (!first.matches() || !exit.matches() || !error.matches()) {
            return unreadable();
        }
        String why = text(error.group(1), "curl's exit code " + exit.group(1));
        if (first.group(2).equals("000")) {
            return Fact.unknown("no first answer: " + why);
        }
        if (first.group(4).equalsIgnoreCase("close")) {
            return Fact.unknown("the other end closes each connection after its answer");
        }
        if (!second.matches()) {
            return unreadable();
        }
        boolean same = second.group(3).equals("0");
        boolean answered = !second.group(2).equals("000");
        if (answered) {
            return Fact.of(same);
        }
        // A connection that was dropped silently swallows the second request.
        return same && exit.group(1).equals(TIMED_OUT) ? Fact.of(false) : Fact.unknown("no second answer: " + why);
    }

    private static Matcher find(Pattern pattern, String said, String... start) {
        return said.lines()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .filter(m -> start.length == 0 || m.group(1).equals(start[0]))
                .findFirst()
                .orElseGet(() -> pattern.matcher(""));
    }

    private static String text(String base64, String otherwise) {
        try {
            String text = decode(base64).strip();
            return text.isEmpty() ? otherwise : text;
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    /** Why the volume script could not write; empty when it could. */
    static Fact<String> volume(String said) {
        String line = said.strip();
        if (line.equals("written")) {
            return Fact.of("");
        }
        try {
            if (line.startsWith("refused ")) {
                String why = decode(line.substring("refused ".length())).strip();
                return Fact.of(why.isEmpty() ? "the volume could not be written to" : why);
            }
        } catch (IllegalArgumentException e) {
            return unreadable();
        }
        return unreadable();
    }

    /** What the GPU script saw. */
    static Fact<GpuProbeFacts.Sight> gpu(String said) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        Matcher exit = EXIT.matcher(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
        if (!exit.matches()) {
            return unreadable();
        }
        return Fact.of(new GpuProbeFacts.Sight(
                Integer.parseInt(exit.group(1)), words(lines, "gpu "), String.join(" ", words(lines, "said "))));
    }

    private static List<String> words(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()).strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    static <T> Fact<T> unreadable() {
        return Fact.unknown("the pod ended without the expected output");
    }
}
