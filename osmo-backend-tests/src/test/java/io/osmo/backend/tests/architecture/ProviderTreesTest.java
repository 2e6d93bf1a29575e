// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The trees of the providers differ only in what one cloud has: a role has the same name and the same folder in all of them. */
class ProviderTreesTest {
    private static final Roles ROLES = Roles.of(
            Pattern.compile(
                    "osmo-backend-(?<cloud>aws|azure|gcp)/src/main/java/io/osmo/backend/\\1/(?<folder>.*)/(?<name>\\w+)\\.java"),
            folder -> folder);

    private static final Pattern SHARED = Pattern.compile("osmo-backend-(api|kubernetes|helm)/src/main/.*");

    /** As a literal of its own; messages may name a provider as an example. */
    private static final Pattern PROVIDER_ID =
            Pattern.compile("\"(aws|azure|gcp|eks|aks|gke)\"", Pattern.CASE_INSENSITIVE);

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
            "internal/pool/ManagedDefaults",
            "internal/pool/DesiredPool",
            "internal/pool/ManagedGpuStack",
            "internal/pool/PoolConcern",
            "internal/pool/PoolReader",
            "internal/pool/PoolRules",
            "internal/pool/ReservationReader",
            "internal/pool/ReservationRules",
            "internal/preflight/Preflight",
            "internal/preflight/Quotas",
            "internal/session/BackendList",
            "internal/session/ManagedClusterPart",
            "internal/session/Graph",
            "internal/session/Session",
            "internal/sweep/SweepConcern");

    @Test
    void a_role_has_the_same_folder_in_all_providers() {
        ROLES.assertSameFolders();
    }

    @Test
    void shared_code_names_no_provider() {
        List<String> named = new ArrayList<>();
        for (Path file : Sources.main()) {
            String place = Modules.FOLDER.relativize(file).toString().replace('\\', '/');
            if (SHARED.matcher(place).matches()) {
                Sources.lines(file).stream()
                        .filter(line -> PROVIDER_ID.matcher(line).find())
                        .forEach(line -> named.add(place + ": " + line.strip()));
            }
        }

        assertThat(named)
                .as("ask the provider, as ServiceDefaults does, instead of telling providers apart by their ids")
                .isEmpty();
    }

    @Test
    void what_every_provider_needs_is_in_all_of_them() {
        ROLES.assertInAll(EVERYWHERE);
    }
}
