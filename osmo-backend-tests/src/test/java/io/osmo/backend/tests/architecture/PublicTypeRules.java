// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** The public types of each module are those in {@code src/test/resources/public-types}: a new one is a decision. */
class PublicTypeRules {
    private static final Path DECIDED = Path.of("src/test/resources/public-types");
    private static final Path FOUND = Path.of("target/public-types");

    @ArchTest
    static void public_types_are_those_that_were_decided_on(JavaClasses classes) throws IOException {
        SoftAssertions softly = new SoftAssertions();
        Files.createDirectories(FOUND);
        for (String module : Modules.ALL) {
            String file = "osmo-backend-" + module + ".txt";
            List<String> found = classes.stream()
                    .filter(type -> Modules.moduleOf(type).equals(module) && Modules.isPublished(type))
                    .map(JavaClass::getName)
                    .sorted()
                    .toList();
            Files.write(FOUND.resolve(file), found);
            List<String> decided =
                    Files.exists(DECIDED.resolve(file)) ? Files.readAllLines(DECIDED.resolve(file)) : List.of();
            softly.assertThat(differences(found, decided))
                    .as(
                            "public types of osmo-backend-%s. Hosts rely on each of them: move a type to ..internal.. unless hosts"
                                    + " need it. If all of them are meant, copy %s to %s in osmo-backend-tests",
                            module, FOUND.resolve(file), DECIDED.resolve(file))
                    .isEmpty();
        }
        softly.assertAll();
    }

    private static List<String> differences(List<String> found, List<String> decided) {
        return Stream.concat(
                        found.stream().filter(type -> !decided.contains(type)).map(type -> "new " + type),
                        decided.stream().filter(type -> !found.contains(type)).map(type -> "gone " + type))
                .toList();
    }

    @ArchTest
    static void there_is_no_list_of_a_module_that_does_not_exist(JavaClasses classes) throws IOException {
        try (var files = Files.list(DECIDED)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Modules.ALL.stream()
                            .map(module -> "osmo-backend-" + module + ".txt")
                            .toList());
        }
    }
}
