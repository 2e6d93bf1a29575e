// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The trees of the emulated clouds differ only in what one cloud has. A folder is one service of the vendor and has its name; services that
 * do the same for a backend count as one folder.
 */
class EmulatorTreesTest {
    /** What a service is for. Others are for what only one cloud has. */
    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("eks", "clusters"),
            Map.entry("containerservice", "clusters"),
            Map.entry("container", "clusters"),
            Map.entry("ec2", "infrastructure"),
            Map.entry("network", "infrastructure"),
            Map.entry("compute", "infrastructure"),
            Map.entry("kms", "keys"),
            Map.entry("keyvault", "keys"),
            Map.entry("dataprotection", "backup"),
            Map.entry("iam", "rights"),
            Map.entry("authorization", "rights"),
            Map.entry("pricing", "prices"),
            Map.entry("billing", "prices"),
            Map.entry("arm", ""));

    private static final Roles ROLES = Roles.of(
            Pattern.compile("osmo-backend-testkit/src/main/java/io/osmo/backend/testkit/internal/"
                    + "(?<cloud>aws|azure|gcp)(?:/(?<folder>.+))?/(?<name>\\w+)\\.java"),
            folder -> folder == null ? "" : SERVICES.getOrDefault(folder, folder));

    /** Roles that the table in docs/architecture.md gives every emulated cloud. */
    private static final List<String> EVERYWHERE = List.of(
            "Models",
            "clusters/ClusterRules",
            "clusters/PoolJoin",
            "clusters/PoolMachines",
            "clusters/PoolNodes",
            "clusters/PoolRules",
            "clusters/Versions",
            "wire/Actions",
            "wire/Dispatcher",
            "wire/Http",
            "wire/Refusals");

    @Test
    void a_role_has_the_same_folder_in_all_emulated_clouds() {
        ROLES.assertSameFolders();
    }

    @Test
    void what_every_emulated_cloud_needs_is_in_all_of_them() {
        ROLES.assertInAll(EVERYWHERE);
    }
}
