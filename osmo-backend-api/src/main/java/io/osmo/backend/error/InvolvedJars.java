// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jars of the classes that the message and the stack trace of a linkage error name, without those of this library. */
final class InvolvedJars {
    private static final String OURS = "io.osmo.backend.";

    /** A class, perhaps with a method behind it, as messages of the JVM name it. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][\\w$]*(?:[./][a-zA-Z_][\\w$]*)+");

    /** The end of a location, also of a jar within a jar. */
    private static final Pattern JAR = Pattern.compile("([^/!]+\\.jar)[!/]*$");

    private static final int MOST = 6;

    private InvolvedJars() {}

    static List<String> of(LinkageError error) {
        Matcher names = NAME.matcher(String.valueOf(error.getMessage()));
        Stream<String> missing = names.results().map(MatchResult::group).map(name -> name.replace('/', '.'));
        Stream<String> running = Arrays.stream(error.getStackTrace()).map(StackTraceElement::getClassName);
        return Stream.concat(missing.flatMap(InvolvedJars::withOwner), running)
                .filter(name -> !name.startsWith(OURS))
                .distinct()
                .flatMap(name -> jar(name).stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** A name may be that of a method, whose class is what comes before it. */
    private static Stream<String> withOwner(String name) {
        return Stream.of(name, name.substring(0, name.lastIndexOf('.')));
    }

    private static Optional<String> jar(String className) {
        try {
            ClassLoader loader = Objects.requireNonNullElse(
                    Thread.currentThread().getContextClassLoader(), InvolvedJars.class.getClassLoader());
            CodeSource source = Class.forName(className, false, loader)
                    .getProtectionDomain()
                    .getCodeSource();
            if (source == null || source.getLocation() == null) {
                return Optional.empty();
            }
            Matcher jar = JAR.matcher(source.getLocation().toString());
            return jar.find() ? Optional.of(jar.group(1)) : Optional.empty();
        } catch (ClassNotFoundException | LinkageError absent) {
            return Optional.empty();
        }
    }
}
