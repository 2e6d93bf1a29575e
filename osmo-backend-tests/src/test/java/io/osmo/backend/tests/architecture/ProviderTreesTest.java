// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The trees of the providers differ only in what one cloud has: a role has the same name and the same folder in all of them. */
class ProviderTreesTest {
    private static final Pattern PROVIDER =
            Pattern.compile("osmo-backend-(aws|azure|gcp)/src/main/java/io/osmo/backend/\\1/(.*)/(\\w+)\\.java");

    private static final Pattern PREFIX = Pattern.compile("^(Default)?(Aws|Eks|Azure|Aks|Gcp|Gke)(?=[A-Z])");

    /** Roles that the table in docs/architecture.md gives every provider with a cloud SDK. */
    private static final List<String> EVERYWHERE = List.of(
            "internal/Context",
            "internal/ErrorTable",
            "internal/Errors",
            "internal/catalog/Reservations",
            "internal/cluster/ClusterConcern",
            "internal/cluster/ClusterReader",
            "internal/cluster/DesiredCluster",
            "internal/diagnosis/Diagnostics",
            "internal/diagnosis/EvidenceReader",
            "internal/diagnosis/JoinFacts",
            "internal/facts/Facts",
            "internal/foreign/ForeignConcern",
            "internal/foreign/ForeignGuards",
            "internal/foreign/ForeignObjects",
            "internal/foreign/ForeignReader",
            "internal/pool/DesiredPool",
            "internal/pool/PoolConcern",
            "internal/pool/PoolReader",
            "internal/pool/PoolRules",
            "internal/pool/ReservationReader",
            "internal/pool/ReservationRules",
            "internal/preflight/Preflight",
            "internal/preflight/Quotas",
            "internal/session/BackendList",
            "internal/session/ClusterPart",
            "internal/session/Graph",
            "internal/session/Session",
            "internal/sweep/SweepConcern");

    /** Folders by role and provider. */
    private static Map<String, Map<String, Set<String>>> roles() {
        Map<String, Map<String, Set<String>>> roles = new TreeMap<>();
        for (Path file : Sources.main()) {
            Matcher place =
                    PROVIDER.matcher(Modules.FOLDER.relativize(file).toString().replace('\\', '/'));
            if (place.matches() && !place.group(3).equals("package-info")) {
                roles.computeIfAbsent(PREFIX.matcher(place.group(3)).replaceFirst("$1"), role -> new TreeMap<>())
                        .computeIfAbsent(place.group(1), provider -> new HashSet<>())
                        .add(place.group(2));
            }
        }
        return roles;
    }

    @Test
    void a_role_has_the_same_folder_in_all_providers() {
        List<String> astray = new ArrayList<>();
        roles().forEach((role, providers) -> {
            if (new HashSet<>(providers.values()).size() > 1) {
                astray.add(role + " is in " + providers);
            }
        });

        assertThat(astray)
                .as("move the file, or rename it where it is another role")
                .isEmpty();
    }

    @Test
    void what_every_provider_needs_is_in_all_of_them() {
        Map<String, Map<String, Set<String>>> roles = roles();

        assertThat(EVERYWHERE).allSatisfy(path -> {
            int name = path.lastIndexOf('/') + 1;
            assertThat(roles.getOrDefault(path.substring(name), Map.of()))
                    .as(path)
                    .containsOnlyKeys("aws", "azure", "gcp")
                    .allSatisfy((provider, folders) -> assertThat(folders).contains(path.substring(0, name - 1)));
        });
    }
}
