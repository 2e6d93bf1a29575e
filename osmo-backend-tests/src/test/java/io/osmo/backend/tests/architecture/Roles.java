// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where each cloud has each role: the name of a file without the prefix of the cloud or of its managed Kubernetes. */
final class Roles {
    private static final Pattern PREFIX = Pattern.compile("^(Default)?(?:Aws|Azure|Gcp)(?=[A-Z])");
    private static final Pattern MANAGED = Pattern.compile("^(Default)?(?:Eks|Aks|Gke)(?=[A-Z])");

    /** Folders by role and cloud. */
    private final Map<String, Map<String, Set<String>>> folders = new TreeMap<>();

    /**
     * @param place what a path looks like from the root of the project, with groups {@code cloud}, {@code folder} and {@code name}
     * @param folder what to make of a folder
     */
    static Roles of(Pattern place, UnaryOperator<String> folder) {
        Roles roles = new Roles();
        for (Path file : Sources.main()) {
            Matcher matcher =
                    place.matcher(Modules.FOLDER.relativize(file).toString().replace('\\', '/'));
            if (matcher.matches() && !matcher.group("name").equals("package-info")) {
                roles.folders
                        .computeIfAbsent(role(matcher.group("name")), role -> new TreeMap<>())
                        .computeIfAbsent(matcher.group("cloud"), cloud -> new TreeSet<>())
                        .add(folder.apply(matcher.group("folder")));
            }
        }
        return roles;
    }

    private static String role(String name) {
        return MANAGED.matcher(PREFIX.matcher(name).replaceFirst("$1")).replaceFirst("$1Managed");
    }

    /** A role that several clouds have is in the same folder in each of them. */
    void assertSameFolders() {
        assertThat(folders.entrySet())
                .as("move the file, or rename it if it is another role")
                .filteredOn(role -> new HashSet<>(role.getValue().values()).size() > 1)
                .isEmpty();
    }

    /** Each path is a role that all three clouds have. */
    void assertInAll(List<String> paths) {
        assertThat(paths).allSatisfy(path -> {
            int name = path.lastIndexOf('/') + 1;
            assertThat(folders.getOrDefault(path.substring(name), Map.of()))
                    .as(path)
                    .containsOnlyKeys("aws", "azure", "gcp")
                    .allSatisfy((cloud, of) -> assertThat(of).contains(path.substring(0, Math.max(0, name - 1))));
        });
    }
}
