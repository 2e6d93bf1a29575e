// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import io.osmo.backend.testkit.internal.azure.AzureModels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Microsoft's descriptions, beside the repository. */
public final class Models {
    private Models() {}

    /** Descriptions for one test; skips the test, saying so, where they are missing. */
    public static AzureModels load() {
        String shared = System.getProperty("osmo.shared", "../../shared");
        Path directory = Path.of(shared, "models", "azure");
        Assumptions.assumeTrue(
                Files.isDirectory(directory),
                "SKIPPED: Microsoft's descriptions are missing, expected in " + directory.toAbsolutePath()
                        + "; set -Dosmo.shared to the directory that holds models/azure");
        return AzureModels.in(directory);
    }
}
