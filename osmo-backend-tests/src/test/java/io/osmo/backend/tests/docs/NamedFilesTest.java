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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * CONTRIBUTING and docs/architecture.md say which files a change touches. Each exists: a folder or file by the end of its path, which may
 * begin with a module's short name; a type, method or constant by its declaration. What is marked as new does not exist yet.
 */
class NamedFilesTest {
    /** Paragraphs and tables that name files. */
    private static final List<String> CONTRIBUTING =
            List.of("How the code is laid out", "Where a change goes", "Add a check", "Add a provider");

    private static final List<String> ARCHITECTURE = List.of(
            "Modules", "The skeleton of a provider", "Where a change goes", "Life, simulated", "Rules, and why");

    private static final Pattern NAMED = Pattern.compile("`([^`]+)`( \\(new)?");

    private static final Pattern PATH =
            Pattern.compile("[\\w.…<>*{}-]+(/[\\w.…<>*-]+)+/?|[\\w<>-]+/|[\\w-]+\\.(md|xml|txt|json|html|properties)");
    private static final Pattern MEMBER = Pattern.compile("[a-z]\\w*(\\(\\))?");
    private static final Pattern NAME = Pattern.compile("…?[A-Z]\\w*…?");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)[ <(]");

    /** Methods and constants, wherever they are declared or used. */
    private static final Pattern USED = Pattern.compile("\\b([a-z]\\w*)\\(|\\b([A-Z][A-Z_]+)\\b");

    private static final Set<String> MODULES = Set.of(
            "api",
            "kubernetes",
            "helm",
            "aws",
            "gcp",
            "azure",
            "verify",
            "micrometer",
            "opentelemetry",
            "testkit",
            "tests",
            "shell");

    /** Paths from the root, with slashes. */
    private static String files = "";

    /** Types that the code declares, methods and constants that it uses. */
    private static Set<String> words = Set.of();

    @BeforeAll
    static void read() throws IOException {
        List<String> paths = new ArrayList<>();
        Set<String> found = new HashSet<>();
        Files.walkFileTree(Repository.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return name.equals("target") || name.equals(".git")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                paths.add(Repository.ROOT.relativize(file).toString().replace('\\', '/'));
                if (file.toString().endsWith(".java")) {
                    String code = Repository.read(file);
                    TYPE.matcher(code).results().forEach(type -> found.add(type.group(1)));
                    USED.matcher(code)
                            .results()
                            .forEach(use -> found.add(use.group().replace("(", "")));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files = String.join("\n", paths);
        words = found;
    }

    @Test
    void files_that_contributing_names_exist() {
        assertThat(missing("CONTRIBUTING.md", CONTRIBUTING)).isEmpty();
    }

    @Test
    void files_that_the_architecture_names_exist() {
        assertThat(missing("docs/architecture.md", ARCHITECTURE)).isEmpty();
    }

    @Test
    void a_file_that_does_not_exist_is_found_and_one_marked_as_new_must_not() {
        assertThat(missing("`verify/report/HtmlReport`, `NoSuchClass`, `api/nowhere/`, `docs/gone.md`, `Report` (new)"))
                .containsExactly("`NoSuchClass`", "`api/nowhere/`", "`docs/gone.md`", "`Report` (new exists");
    }

    private static List<String> missing(String page, List<String> sections) {
        return missing(sections(Repository.read(Repository.ROOT.resolve(page)), sections));
    }

    private static String sections(String page, List<String> titles) {
        Map<String, String> sections = Pattern.compile("(?m)^## ")
                .splitAsStream(page)
                .collect(Collectors.toMap(section -> section.lines().findFirst().orElse(""), section -> section));
        assertThat(sections).containsKeys(titles.toArray(String[]::new));
        return titles.stream().map(sections::get).collect(Collectors.joining());
    }

    private static List<String> missing(String text) {
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            boolean exists = exists(named.group(1));
            if (named.group(2) == null && !exists) {
                missing.add(named.group());
            } else if (named.group(2) != null && exists) {
                missing.add(named.group() + " exists");
            }
        }
        return missing;
    }

    /** Also true of what names no file, such as a command. */
    private static boolean exists(String name) {
        if (PATH.matcher(name).matches()) {
            return fileExists(name);
        }
        if (NAME.matcher(name).matches()) {
            return words.contains(name) || fileExists(name);
        }
        return !MEMBER.matcher(name).matches() || words.contains(name.replace("()", "")) || fileExists(name + "/");
    }

    /** A name may have placeholders such as {@code …Settings} and {@code <cloud>}. */
    private static boolean fileExists(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        String start = MODULES.contains(first) ? "(osmo-backend-" + first + "/(.*/)?|(.*/)?" + first + "/)" : "(.*/)?";
        String rest = MODULES.contains(first) ? name.substring(slash + 1) : name;
        String end = rest.isEmpty() || rest.endsWith("/") || rest.endsWith("*") ? ".*" : "(\\.\\w+|/.*)?";
        String middle = Pattern.compile("…/|…|<\\w+>|\\*")
                .matcher(rest)
                .replaceAll(open -> open.group().equals("…/") ? "\\\\E(.*/)?\\\\Q" : "\\\\E[^/\n]*\\\\Q");
        return Pattern.compile("(?m)^" + start + "\\Q" + middle + "\\E" + end + "$")
                .matcher(files)
                .find();
    }
}
