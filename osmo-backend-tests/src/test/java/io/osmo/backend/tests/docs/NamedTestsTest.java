// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages say which test proves a sentence: {@code `ThatTest`} or {@code `ThatTest.a_method`}. There is such a test. */
class NamedTestsTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Fuzz))(?:\\.([a-z]\\w*))?`");

    @Test
    void tests_that_pages_name_exist() throws IOException {
        Map<String, List<Path>> tests = tests();
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            Matcher named = NAMED.matcher(Repository.read(page));
            while (named.find()) {
                if (!exists(tests, named.group(1), Optional.ofNullable(named.group(2)))) {
                    missing.add(Repository.ROOT.relativize(page) + ": " + named.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Several modules may have a test of that name: one of them is meant. */
    private static boolean exists(Map<String, List<Path>> tests, String name, Optional<String> method) {
        return tests.getOrDefault(name, List.of()).stream()
                .map(Repository::read)
                .anyMatch(text -> method.isEmpty() || declares(text, name, method.get(), tests));
    }

    /** A method may be inherited, as those of a contract are. */
    private static boolean declares(String text, String name, String method, Map<String, List<Path>> tests) {
        if (Pattern.compile("\\b" + method + "\\(").matcher(text).find()) {
            return true;
        }
        Matcher parent = Pattern.compile("\\bclass " + name + " extends (\\w+)").matcher(text);
        return parent.find() && exists(tests, parent.group(1), Optional.of(method));
    }

    /** By simple name: tests, and what they may extend. */
    private static Map<String, List<Path>> tests() throws IOException {
        Map<String, List<Path>> tests = new HashMap<>();
        try (Stream<Path> modules = Files.list(Repository.ROOT)) {
            for (Path module : modules.toList()) {
                for (Path folder : List.of(module.resolve("src/test/java"), module.resolve("src/main/java"))) {
                    if (Files.isDirectory(folder)) {
                        sources(folder)
                                .forEach(file -> tests.computeIfAbsent(simpleName(file), n -> new ArrayList<>())
                                        .add(file));
                    }
                }
            }
        }
        return tests;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String simpleName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".java".length());
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                Repository.ROOT.resolve("README.md"),
                Repository.ROOT.resolve("CONTRIBUTING.md"),
                Repository.ROOT.resolve("CHANGELOG.md")));
        try (Stream<Path> docs = Files.walk(Repository.ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }
}
