// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What clouds have in common is written once. */
class RepeatedCodeTest {
    private static final int LINES = 12;

    /** Providers, their emulators, what verification knows of them, and the tests of all of these. */
    @Test
    void no_two_clouds_share_a_run_of_lines() {
        RepeatedCode repeated = new RepeatedCode(LINES);
        for (Path file : Sources.files(".java")) {
            Path relative = Modules.FOLDER.relativize(file);
            RepeatedCode.cloud(relative.toString())
                    .ifPresent(cloud -> repeated.add(cloud, relative, Sources.lines(file)));
        }
        assertThat(repeated.found())
                .as("runs of %s or more lines: move them to spi.provider, the kubernetes module or the testkit", LINES)
                .isEmpty();
    }

    @Test
    void a_copy_with_another_prefix_is_found_once_with_both_places() {
        RepeatedCode repeated = new RepeatedCode(LINES);
        repeated.add("aws", Path.of("AwsPools.java"), code("Eks", 20));
        repeated.add("azure", Path.of("AzurePools.java"), code("Aks", 15));

        assertThat(repeated.found()).containsExactly("AwsPools.java:5 and AzurePools.java:5");
    }

    @Test
    void shorter_runs_and_copies_within_one_cloud_are_left_alone() {
        RepeatedCode repeated = new RepeatedCode(LINES);
        repeated.add("aws", Path.of("AwsPools.java"), code("Eks", 20));
        repeated.add("aws", Path.of("MorePools.java"), code("Eks", 20));
        repeated.add("azure", Path.of("AzurePools.java"), code("Aks", 11));

        assertThat(repeated.found()).isEmpty();
    }

    @Test
    void the_cloud_of_a_file_is_that_of_its_module_package_or_name() {
        assertThat(RepeatedCode.cloud(
                        "osmo-backend-aws/src/main/java/io/osmo/backend/aws/internal/pool/ExistingPool.java"))
                .contains("aws");
        assertThat(RepeatedCode.cloud("osmo-backend-testkit/src/main/java/testkit/internal/gcp/iam/Roles.java"))
                .contains("gcp");
        assertThat(RepeatedCode.cloud("osmo-backend-verify/src/main/java/verify/internal/cloud/Aks.java"))
                .contains("azure");
        assertThat(RepeatedCode.cloud("osmo-backend-api/src/main/java/io/osmo/backend/Backend.java"))
                .isEmpty();
    }

    /** Statements between a comment, a blank line and a brace, which do not count. */
    private static List<String> code(String prefix, int lines) {
        return Stream.concat(
                        Stream.of("/** Reads " + prefix + ". */", "", "import a.b.C;", "}"),
                        IntStream.range(0, lines).mapToObj(i -> "    " + prefix + "Pools.read(" + i + ");"))
                .toList();
    }
}
