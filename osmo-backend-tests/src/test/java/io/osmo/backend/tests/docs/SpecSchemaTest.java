// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.SpecSchema;
import io.osmo.backend.tests.docs.KnownFields.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schema of specs says what their reader says: it takes each document that is accepted, and refuses what a schema can refuse. */
class SpecSchemaTest {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build());
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    /** That of JetBrains, then that of yaml-language-server. */
    private static final Pattern MODELINES =
            Pattern.compile("# \\$schema: (\\S+)\\R# yaml-language-server: \\$schema=\\1\\R");

    private static final List<Object> VALUES =
            List.of("", " ", "x", "1.35", 0, 1, -1, 100_000, true, List.of(), Map.of());

    /** Documents of {@code invalid-specs.txt} that only a comparison of fields, or the text itself, shows to be wrong. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            "pool name too long for a queue name",
            "duplicate pools",
            "scale upside down",
            "initial size out of bounds",
            "taint that repeats the standard one",
            "every pool tainted",
            "pool in a zone that the network lacks",
            "zones and their number at odds",
            "service range within the network",
            "registry twice and secret name twice",
            "token Secret and pull secret with one name",
            "fields twice",
            "further document",
            "malformed YAML",
            "tab as indentation");

    @Test
    void the_published_schema_is_that_of_the_reader_the_rules_and_the_docs() {
        List<Field> fields = new KnownFields().fields();
        SpecSchemaWriter writer =
                new SpecSchemaWriter(new FieldDocs(Repository.read(Repository.ROOT.resolve("docs/spec.md"))));
        Map<String, Object> made = writer.write(fields);
        assertThat(writer.unused())
                .as("constraints of fields that do not exist")
                .isEmpty();
        assertThat(undocumented(fields))
                .as("fields without a row in docs/spec.md")
                .isEmpty();
        PublishedSchema.requireCurrent(Map.of("osmo-backend-api/spec", made));
    }

    @Test
    void every_document_that_the_reader_accepts_is_valid() throws JsonProcessingException {
        for (String document : accepted()) {
            assertThat(messages(YAML.readTree(document))).as(document).isEmpty();
            assertThat(messages(JSON.readTree(BackendSpec.fromYaml(document).toJson())))
                    .as(document)
                    .isEmpty();
        }
    }

    @Test
    void every_example_is_accepted_and_names_the_schema_for_both_families_of_editors() throws IOException {
        List<Path> examples;
        try (Stream<Path> files = Files.list(Repository.ROOT.resolve("examples/specs"))) {
            examples = files.toList();
        }
        assertThat(examples).hasSize(4);
        for (Path example : examples) {
            String document = Repository.read(example);
            Matcher modelines = MODELINES.matcher(document);
            assertThat(modelines.lookingAt()).as(example.toString()).isTrue();
            assertThat(Objects.requireNonNull(example.getParent())
                            .resolve(modelines.group(1))
                            .normalize())
                    .isEqualTo(Repository.ROOT.resolve(
                            "osmo-backend-api/src/main/resources/META-INF/osmo-backend/spec.schema.json"))
                    .isRegularFile();
            assertThat(messages(YAML.readTree(document))).as(example.toString()).isEmpty();
            assertThat(BackendSpec.fromYaml(document).provider()).isNotEmpty();
        }
    }

    @Test
    void every_accepted_variant_of_a_document_is_valid() throws JsonProcessingException {
        List<String> disagreements = new ArrayList<>();
        int tried = 0;
        for (String document : accepted()) {
            JsonNode tree = YAML.readTree(document);
            for (JsonNode variant : variants(tree)) {
                tried++;
                if (isAccepted(variant) && !messages(variant).isEmpty()) {
                    disagreements.add(messages(variant).toString());
                }
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(tried).isGreaterThan(1000);
    }

    @Test
    void every_refused_document_is_invalid_where_a_schema_can_say_so() {
        Set<String> valid = new TreeSet<>();
        Map<String, String> refused = InvalidSpecs.byTitle();
        refused.forEach((title, document) -> {
            try {
                if (messages(YAML.readTree(document)).isEmpty()) {
                    valid.add(title);
                }
            } catch (JsonProcessingException malformed) {
                valid.add(title);
            }
        });
        assertThat(valid).isEqualTo(new TreeSet<>(BEYOND_A_SCHEMA));
    }

    @Test
    void settings_are_checked_by_the_provider_that_the_document_names() throws JsonProcessingException {
        String base = "{name: a, region: r, computePools: [{name: cpu, instanceTypes: [x]}], ";
        assertThat(messages(YAML.readTree(base + "provider: aws, settings: {supportType: extended}}")))
                .isEmpty();
        assertThat(messages(YAML.readTree(base + "provider: aws, settings: {releaseChannel: RAPID}}")))
                .isNotEmpty();
        assertThat(messages(YAML.readTree(base + "provider: gcp, settings: {releaseChannel: RAPID}}")))
                .isEmpty();
        assertThat(messages(YAML.readTree(base + "provider: gcp, settings: {releaseChannel: WEEKLY}}")))
                .isNotEmpty();
        assertThat(SpecSchema.settingsJson("azure").orElseThrow()).contains("vaultRetentionDays");
        assertThat(SpecSchema.settingsJson("hetzner")).isEmpty();
    }

    /** Not needed by the test that makes it. */
    private static final class Published {
        static final JsonSchema SCHEMA =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(SpecSchema.json());
    }

    private static List<String> accepted() {
        List<String> documents = new ArrayList<>();
        for (String page : List.of("docs/spec.md", "docs/osmo.md")) {
            Matcher blocks = YAML_BLOCK.matcher(Repository.read(Repository.ROOT.resolve(page)));
            while (blocks.find()) {
                documents.add(blocks.group(1));
            }
        }
        assertThat(documents).hasSizeGreaterThan(4);
        return documents;
    }

    private static List<String> messages(JsonNode document) {
        return Published.SCHEMA.validate(document).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    private static boolean isAccepted(JsonNode document) {
        try {
            BackendSpec.fromJson(document.toString());
            return true;
        } catch (InvalidSpecException refused) {
            return false;
        }
    }

    /** The document with one value after the other replaced or left out. */
    private static List<JsonNode> variants(JsonNode document) {
        List<JsonNode> variants = new ArrayList<>();
        vary(document, variants::add, document);
        return variants;
    }

    private static void vary(JsonNode node, Consumer<JsonNode> variants, JsonNode document) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                JsonNode value = field.getValue();
                vary(value, variants, document);
                object.remove(field.getKey());
                variants.accept(document.deepCopy());
                for (Object other : VALUES) {
                    object.set(field.getKey(), JSON.valueToTree(other));
                    variants.accept(document.deepCopy());
                }
                object.set(field.getKey(), value);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                vary(value, variants, document);
                for (Object other : VALUES) {
                    array.set(i, JSON.<JsonNode>valueToTree(other));
                    variants.accept(document.deepCopy());
                }
                array.set(i, value);
            }
        }
    }

    private static Set<String> undocumented(List<Field> fields) {
        FieldDocs docs = new FieldDocs(Repository.read(Repository.ROOT.resolve("docs/spec.md")));
        return fields.stream()
                .flatMap(SpecSchemaTest::leaves)
                .map(Field::path)
                .filter(path -> docs.description(path).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Field> leaves(Field field) {
        return field.fields().isEmpty()
                ? Stream.of(field)
                : field.fields().stream().flatMap(SpecSchemaTest::leaves);
    }
}
