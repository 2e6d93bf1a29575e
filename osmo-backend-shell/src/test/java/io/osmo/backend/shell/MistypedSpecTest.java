// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.EmulatedClouds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the providers or the cloud can tell of a field has its line too, and what was meant. */
class MistypedSpecTest {
    private static final String SPEC = """
            name: train-west
            provider: aws
            region: us-west-2
            computePools:
              - name: cpu
                instanceTypes: [m7i.2xlarge]
                scale: {min: 1, max: 2}
            """;

    @TempDir
    Path folder;

    private String file(String right, String wrong, String more) throws IOException {
        return Files.writeString(folder.resolve("mistyped.yaml"), SPEC.replace(right, wrong) + more)
                .toString();
    }

    private static String refused(String... arguments) {
        StringWriter errors = new StringWriter();
        try (EmulatedClouds clouds = EmulatedClouds.create()) {
            Console console = new Console(
                    new PrintWriter(new StringWriter(), true),
                    new PrintWriter(errors, true),
                    false,
                    () -> false,
                    Optional.empty());

            assertThat(new Shell(console, clouds::open).run(arguments)).isEqualTo(ExitCode.UNUSABLE);
        }
        return errors.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "plan FILE, provider: aws, provider: awz, :2:1: provider, Did you mean aws?",
        "apply FILE --yes, provider: aws, provider: awz, :2:1: provider, Did you mean aws?",
        "preflight FILE, provider: aws, provider: awz, :2:1: provider, Did you mean aws?",
        "permissions FILE, provider: aws, provider: awz, :2:1: provider, Did you mean aws?",
        "plan FILE, region: us-west-2, region: us-wets-2, :3:1: region, Did you mean us-west-2?",
        "plan FILE --destroy, region: us-west-2, region: us-wets-2, :3:1: region, Did you mean us-west-2?",
        "apply FILE --yes, region: us-west-2, region: us-wets-2, :3:1: region, Did you mean us-west-2?",
        "get FILE, region: us-west-2, region: us-wets-2, :3:1: region, Did you mean us-west-2?",
        "diagnose FILE, region: us-west-2, region: us-wets-2, :3:1: region, Did you mean us-west-2?",
        "destroy FILE --yes, region: us-west-2, region: us-wets-2, :3:1: region, Did you mean us-west-2?"
    })
    void a_provider_or_region(String command, String right, String wrong, String place, String suggestion)
            throws IOException {
        String file = file(right, wrong, "");

        assertThat(refused(command.replace("FILE", file).split(" ", -1)))
                .contains(file + place + "\n    given    " + wrong.replaceFirst("^.*: ", "") + "\n", suggestion);
    }

    @Test
    void a_provider_whose_settings_nobody_can_read() throws IOException {
        String file = file("provider: aws", "provider: awz", "settings: {kmsKeyArn: arn}\n");

        assertThat(refused("plan", file))
                .contains(file + ":2:1: provider (CP-1)", "Did you mean aws?")
                .doesNotContain(": settings");
    }
}
