// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between pages, and paths of the repository that pages name, lead somewhere. */
class DocsLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+?)[ #]*");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    /** {@code …} stands for folders, {@code *} for names, and an extension {@code .java} may be left out. */
    private static final Pattern PATH = Pattern.compile("(?:osmo-backend-[a-z]+|(?:docs|dev)(?=/))(?:/[\\w.…*/-]*)?");

    @Test
    void relative_links_lead_to_files_and_headings() throws IOException {
        List<String> dead = new ArrayList<>();
        pages((page, text) -> {
            Matcher link = LINK.matcher(FENCE.matcher(text).replaceAll(""));
            while (link.find()) {
                if (!ELSEWHERE.matcher(link.group(1)).matches() && !leadsSomewhere(page, link.group(1))) {
                    dead.add(Repository.ROOT.relativize(page) + ": " + link.group(1));
                }
            }
        });
        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1 || anchors(Repository.read(target)).contains(parts[1]));
    }

    /** Anchors that GitHub gives to the headings of a page. */
    private static Set<String> anchors(String text) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        FENCE.matcher(text)
                .replaceAll("")
                .lines()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .forEach(heading -> {
                    String anchor = heading.group(1)
                            .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                            .replace(' ', '-');
                    int times = seen.merge(anchor, 1, Integer::sum);
                    anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
                });
        return anchors;
    }

    @Test
    void paths_of_the_repository_in_backticks_are_there() throws IOException {
        String files = files();
        List<String> dead = new ArrayList<>();
        pages((page, text) -> {
            Matcher code = CODE.matcher(FENCE.matcher(text).replaceAll(""));
            while (code.find()) {
                String path = code.group(1);
                if (PATH.matcher(path).matches() && !path.contains("/target/") && !isThere(path, files)) {
                    dead.add(Repository.ROOT.relativize(page) + ": " + path);
                }
            }
        });
        assertThat(dead).isEmpty();
    }

    private static boolean isThere(String path, String files) {
        String regex = Pattern.quote(path.replaceAll("/$", ""))
                .replace("*", "\\E[^/\n]*\\Q")
                .replace("…", "\\E.*\\Q");
        return Pattern.compile("(?m)^" + regex + "(?:\\.java)?$").matcher(files).find();
    }

    /** Files and folders of the repository, one a line, without what builds made. */
    private static String files() throws IOException {
        StringBuilder files = new StringBuilder();
        Files.walkFileTree(Repository.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                if (name.equals("target") || name.equals(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.append(Repository.ROOT.relativize(file)).append('\n');
                return FileVisitResult.CONTINUE;
            }
        });
        return files.toString();
    }

    private static void pages(BiConsumer<Path, String> action) throws IOException {
        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                .map(Repository.ROOT::resolve)
                .forEach(page -> action.accept(page, Repository.read(page)));
        try (Stream<Path> docs = Files.list(Repository.ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .forEach(page -> action.accept(page, Repository.read(page)));
        }
    }
}
