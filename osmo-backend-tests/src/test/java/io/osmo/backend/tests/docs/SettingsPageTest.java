// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.spec.ProviderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} says of each setting what its Javadoc says, and has each setting that its reader knows. */
class SettingsPageTest {
    private static final Path PAGE = Repository.ROOT.resolve("docs/settings.md");
    private static final Path MADE = Path.of("target/settings.md");

    /** Settings whose getters have another name. */
    private static final Map<String, String> GETTERS = Map.of("omit", "omitted", "amiTypes", "amiType(PoolRole role)");

    private static final String INTRODUCTION = """
            # Settings

            Settings of a single provider go under `settings:` in the [spec](spec.md), or into the provider's settings class in Java.
            Constants may be written in lower case. An unknown setting is an error, as is a value of the wrong type.

            `SettingsPageTest` generates this page from the Javadoc of the settings. Change the Javadoc, not this page.
            """;

    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, SettingsSchemaWriter> schemas = new LinkedHashMap<>();

    @Test
    void page_says_what_the_javadoc_of_the_settings_says() throws IOException {
        String made = sections();
        assertThat(mistakes)
                .as("Javadoc of settings: each setting has a getter that says its meaning and its default")
                .isEmpty();
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, made);
        assertThat(Files.exists(PAGE) ? Repository.read(PAGE) : "")
                .as("docs/settings.md is outdated: cp osmo-backend-tests/target/settings.md docs/settings.md")
                .isEqualTo(made);
    }

    @Test
    void schemas_of_the_settings_say_the_same() {
        sections();
        assertThat(schemas).hasSize(4);
        PublishedSchema.requireCurrent(schemas.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().write())));
    }

    private String sections() {
        return INTRODUCTION
                + section("Amazon EKS", "osmo-backend-aws", EksSettings.defaults(), EksSettings::read)
                + section("Google Kubernetes Engine", "osmo-backend-gcp", GkeSettings.defaults(), GkeSettings::read)
                + section("Azure Kubernetes Service", "osmo-backend-azure", AksSettings.defaults(), AksSettings::read)
                + section(
                        "Existing clusters",
                        "osmo-backend-kubernetes",
                        ExistingSettings.defaults(),
                        ExistingSettings::read);
    }

    private String section(
            String title,
            String module,
            ProviderSettings defaults,
            BiFunction<Map<String, Object>, Consumer<Violation>, Optional<?>> reader) {
        Class<?> type = defaults.getClass();
        KnownSettings known = new KnownSettings(reader);
        Map<String, SettingDoc> docs = SettingDoc.of(Repository.source(module, type));
        Map<String, String> settings = byGetter(type.getSimpleName(), known.names(), docs);
        SettingsSchemaWriter schema = new SettingsSchemaWriter(title);
        schemas.put(module + "/settings/" + defaults.provider(), schema);
        StringBuilder page = new StringBuilder("""

                ## %s

                `provider: %s`; in Java `%s`.

                | setting | meaning | allowed | default |
                |---|---|---|---|
                """.formatted(title, defaults.provider(), type.getSimpleName()));
        docs.forEach((getter, doc) -> {
            String setting = settings.get(getter);
            if (setting == null) {
                return;
            }
            String allowed = known.allowed(setting);
            page.append(row(type, setting, doc, allowed));
            List<String> inner = known.namesInEntriesOf(setting);
            if (inner.isEmpty()) {
                schema.setting(setting, allowed, doc);
                return;
            }
            Class<?> pool = poolSettings(type);
            Map<String, SettingDoc> ofPool = SettingDoc.of(Repository.source(module, pool));
            Map<String, String> named = byGetter(pool.getSimpleName(), inner, ofPool);
            SettingsSchemaWriter schemaOfPool = new SettingsSchemaWriter(setting);
            ofPool.forEach((component, its) -> {
                if (named.containsKey(component)) {
                    String allowedInPool = known.allowedInEntriesOf(setting, component);
                    page.append(row(pool, setting + ".<name>." + component, its, allowedInPool));
                    schemaOfPool.setting(component, allowedInPool, its);
                }
            });
            schema.settingOfNames(setting, doc, schemaOfPool);
        });
        return page.toString();
    }

    /** Pairs settings and Javadoc; what is left over on either side is a mistake. */
    private Map<String, String> byGetter(String type, List<String> settings, Map<String, SettingDoc> docs) {
        Map<String, String> pairs = new HashMap<>();
        settings.forEach(setting -> pairs.put(GETTERS.getOrDefault(setting, setting), setting));
        Set<String> undocumented = new TreeSet<>(pairs.keySet());
        undocumented.removeAll(docs.keySet());
        undocumented.forEach(getter -> mistakes.add(type + "." + getter + " has no Javadoc"));
        Set<String> unknown = new TreeSet<>(docs.keySet());
        unknown.removeAll(pairs.keySet());
        unknown.removeIf(method -> method.contains("("));
        unknown.forEach(getter -> mistakes.add(type + "." + getter + " is no setting that the reader knows"));
        return pairs;
    }

    private String row(Class<?> type, String setting, SettingDoc doc, String allowed) {
        if (doc.standard().isEmpty()) {
            mistakes.add(type.getSimpleName() + ": the Javadoc of " + setting + " names no default");
        }
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        setting,
                        doc.meaning(),
                        doc.range().map(range -> allowed + ", " + range).orElse(allowed),
                        doc.standard().orElse(""));
    }

    private static Class<?> poolSettings(Class<?> settings) {
        try {
            return Class.forName(settings.getPackageName() + ".PoolSettings");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
