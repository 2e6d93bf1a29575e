// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * Checks README and docs: Java code is part of the examples, which are compiled and run by other tests. YAML is a valid spec. XML names
 * existing modules. Commands in {@code sh} are only where {@code .ci/run} executes them; {@code console} is for those that need more than
 * this repository.
 */
class SnippetsTest {
    private static final Path ROOT = root();
    private static final Path README = ROOT.resolve("README.md");
    /** Page and section of the commands that {@code .ci/run} executes. */
    private static final Set<String> EXECUTED = Set.of(
            "README.md: Quick start", "README.md: Tests", "README.md: Command line", "docs/jshell.md: From a clone");
    /** Output and drawings, and commands that need a cluster, a cloud or hours. */
    private static final Set<String> OTHERS = Set.of("text", "console", "mermaid");

    private static final String REST_OF_SPEC = """
            name: train-west
            provider: aws
            region: us-west-2
            computePools:
              - {name: cpu, instanceTypes: [m7i.2xlarge]}
            """;

    private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^ *```$");

    /** One fenced block. */
    record Snippet(String place, String language, String text) {
        String title() {
            return place + ": " + text.lines().findFirst().orElse("");
        }
    }

    @TestFactory
    Stream<DynamicTest> each_snippet_is_true() {
        String sources = sources();
        return pages().flatMap(page -> snippets(page).stream())
                .map(s -> DynamicTest.dynamicTest(s.title(), () -> {
                    switch (s.language()) {
                        case "java" ->
                            assertThat(sources.contains(flat(s.text())))
                                    .as("the sources of the examples hold, whatever its layout,\n" + s.text())
                                    .isTrue();
                        case "yaml" -> assertValid(s.text());
                        case "xml" -> assertDependencies(s.text());
                        case "sh" ->
                            assertThat(EXECUTED)
                                    .as("sections whose commands CI runs")
                                    .contains(s.place());
                        default ->
                            assertThat(OTHERS).as("language of\n" + s.text()).contains(s.language());
                    }
                }));
    }

    @Test
    void every_kind_of_snippet_is_found() {
        assertThat(pages().flatMap(page -> snippets(page).stream())
                        .map(Snippet::language)
                        .distinct())
                .contains("java", "yaml", "xml", "sh", "text");
    }

    /** A part of a spec is completed. What refers to things that exist, or needs a renderer of charts, is read only. */
    private static void assertValid(String yaml) {
        String whole = yaml.contains("provider: ") ? yaml : REST_OF_SPEC + yaml;
        // Secrets come from the reader's environment, so they have names here.
        BackendSpec spec = BackendSpec.fromYaml(whole.replace("{env: ", "{external: "));
        if (spec.provider().equals(ExistingProvider.ID)
                || !spec.charts().isEmpty()
                || spec.network().existingId().isPresent()) {
            return;
        }
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open(host -> host.secrets(name -> "s".repeat(43)))) {
            assertThat(osmo.plan(spec).changes()).isNotEmpty();
        }
    }

    private static void assertDependencies(String xml) throws Exception {
        Document parent = parse(read(ROOT.resolve("pom.xml")));
        String version = text((Element) parent.getElementsByTagName("parent").item(0), "version");
        Document document = parse("<project>" + xml + "</project>");
        NodeList dependencies = document.getElementsByTagName("dependency");
        assertThat(dependencies.getLength()).isPositive();
        for (Element dependency : elements(dependencies)) {
            assertThat(text(dependency, "groupId")).isEqualTo("io.osmo.backend");
            assertThat(ROOT.resolve(text(dependency, "artifactId")).resolve("pom.xml"))
                    .exists();
            if (dependency.getElementsByTagName("version").getLength() > 0) {
                assertThat(text(dependency, "version")).isEqualTo(version);
            }
        }
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static String text(Element element, String tag) {
        return element.getElementsByTagName(tag).item(0).getTextContent();
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static Stream<Path> pages() {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                    Stream.of(README), docs.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Snippet> snippets(Path page) {
        List<Snippet> snippets = new ArrayList<>();
        for (String part : read(page).split("(?m)^## ")) {
            Matcher fence = FENCE.matcher(part);
            while (fence.find()) {
                String place =
                        ROOT.relativize(page) + ": " + part.lines().findFirst().orElse("");
                snippets.add(new Snippet(place, fence.group(2), fence.group(3)));
            }
        }
        return snippets;
    }

    private static String sources() {
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples/src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> flat(read(file)))
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without white space, because the formatter decides the layout. */
    private static String flat(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.exists(path.resolve("README.md")) || !Files.exists(path.resolve("osmo-backend-bom"))) {
            path = path.getParent();
        }
        return path;
    }
}
