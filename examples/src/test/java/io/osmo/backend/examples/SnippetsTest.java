// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
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
 * Checks the README: Java code is part of the examples, which are compiled and run by other tests. YAML is a valid spec for AWS. XML
 * names existing modules. Commands are only in sections that {@code .ci/run} executes. Links have a target.
 */
class SnippetsTest {
    private static final Path ROOT = root();
    private static final Path README = ROOT.resolve("README.md");
    /** Sections with commands that {@code .ci/run} executes. */
    private static final Set<String> EXECUTED = Set.of("Quick start", "Tests", "Command line", "JShell");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

    /** One fenced block. */
    record Snippet(String section, String language, String text) {
        String title() {
            return section + ": " + text.lines().findFirst().orElse("");
        }
    }

    @TestFactory
    Stream<DynamicTest> each_snippet_is_true() {
        String sources = sources();
        return snippets(read(README)).stream()
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
                                    .contains(s.section());
                        default ->
                            assertThat(s.language())
                                    .as("language of\n" + s.text())
                                    .isEqualTo("text");
                    }
                }));
    }

    @Test
    void every_kind_of_snippet_is_found() {
        assertThat(snippets(read(README)).stream().map(Snippet::language).distinct())
                .contains("java", "yaml", "xml", "sh", "text");
    }

    @Test
    void links_lead_somewhere() {
        Matcher link = LINK.matcher(read(README));
        List<String> broken = new ArrayList<>();
        while (link.find()) {
            String target = link.group(1);
            if (!target.startsWith("https://") && !Files.exists(ROOT.resolve(target))) {
                broken.add(target);
            }
        }
        assertThat(broken).isEmpty();
    }

    private static void assertValid(String yaml) {
        BackendSpec spec = BackendSpec.fromYaml(yaml);
        assertThat(new AwsProvider().validate(spec)).isEmpty();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            // Without secrets, because only the reader has them.
            BackendSpec open = BackendSpec.fromYaml(yaml.replaceAll("(?s)pullSecrets:.*?(?=settings:)", ""));
            assertThat(osmo.plan(open).changes()).isNotEmpty();
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

    private static List<Snippet> snippets(String markdown) {
        List<Snippet> snippets = new ArrayList<>();
        for (String part : markdown.split("(?m)^## ")) {
            Matcher fence = FENCE.matcher(part);
            while (fence.find()) {
                snippets.add(new Snippet(part.lines().findFirst().orElse(""), fence.group(1), fence.group(2)));
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
