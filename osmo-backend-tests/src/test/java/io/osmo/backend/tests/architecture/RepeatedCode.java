// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds code that files of two clouds share: runs of equal lines, in which {@code Aws}, {@code Eks}, {@code Azure} and so on count as the
 * same word, so that a copy with another prefix is found too. White space, comments, imports and lone braces do not count.
 *
 * <p>Other names, strings and numbers have to be equal. Rows of two error tables look alike, but say different things about different
 * codes: they are data, and are no repetition here.
 */
final class RepeatedCode {
    private static final Pattern CLOUD = Pattern.compile("(?i)aws|eks|amazon|azure|aks|gcp|gke|google|existing");

    /** The module, the package or the first word of the file names the cloud of a file. */
    private static final Pattern OF_A_CLOUD = Pattern.compile(
            "osmo-backend-(aws|azure|gcp)/|/(aws|azure|gcp|existing)/|/(Aws|Eks|Azure|Aks|Gcp|Gke|Existing)[^/]*$");

    private static final Map<String, String> CLOUDS = Map.of("eks", "aws", "aks", "azure", "gke", "gcp");

    private final int run;
    private final Map<List<String>, Place> known = new HashMap<>();
    private final List<String> found = new ArrayList<>();

    /** @param run how many lines make a repetition */
    RepeatedCode(int run) {
        this.run = run;
    }

    private record Line(int number, String text) {}

    private record Place(String cloud, String file, int index, int line) {
        boolean follows(Optional<Place> other) {
            return other.filter(before -> before.file().equals(file) && before.index() + 1 == index)
                    .isPresent();
        }

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** The cloud that a file is about, if it is one. */
    static Optional<String> cloud(String file) {
        Matcher matcher = OF_A_CLOUD.matcher(file);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(matcher::group)
                .filter(Objects::nonNull)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .map(name -> CLOUDS.getOrDefault(name, name))
                .findFirst();
    }

    /** Adds the repetitions between a file and those that were given before. */
    void add(String cloud, Path file, List<String> content) {
        List<Line> code = code(content);
        List<String> texts = code.stream().map(Line::text).toList();
        Optional<Place> last = Optional.empty();
        for (int i = 0; i + run <= code.size(); i++) {
            Place here = new Place(cloud, file.toString(), i, code.get(i).number());
            Optional<Place> there = Optional.ofNullable(known.putIfAbsent(texts.subList(i, i + run), here))
                    .filter(place -> !place.cloud().equals(cloud));
            if (there.isPresent() && !there.get().follows(last)) {
                found.add(there.get() + " and " + here);
            }
            last = there;
        }
    }

    /** Both places of each repetition, where it begins. */
    List<String> found() {
        return List.copyOf(found);
    }

    private static List<Line> code(List<String> content) {
        List<Line> code = new ArrayList<>();
        boolean comment = false;
        for (int i = 0; i < content.size(); i++) {
            String text = content.get(i).strip();
            comment |= text.startsWith("/*");
            boolean counts = !comment
                    && !text.startsWith("//")
                    && !text.startsWith("import ")
                    && !text.startsWith("package ")
                    && text.chars().anyMatch(Character::isLetterOrDigit);
            if (counts) {
                code.add(new Line(i + 1, CLOUD.matcher(text).replaceAll("Cloud")));
            }
            comment &= !text.endsWith("*/");
        }
        return code;
    }
}
