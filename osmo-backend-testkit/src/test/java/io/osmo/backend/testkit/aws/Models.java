// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.aws.AwsModels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The vendor's models, beside the repository. */
public final class Models {
    private Models() {}

    /** Models for one test; skips the test, saying so, where they are missing. */
    public static AwsModels load() {
        return AwsModels.in(directory());
    }

    /** Where they are; skips the test likewise. */
    public static Path directory() {
        String shared = System.getProperty("osmo.shared", "../../shared");
        Path directory = Path.of(shared, "models", "aws");
        Assumptions.assumeTrue(
                Files.isDirectory(directory),
                "SKIPPED: the vendor's models are missing, expected in " + directory.toAbsolutePath()
                        + "; set -Dosmo.shared to the directory that holds models/aws");
        return directory;
    }
}
