// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.EmulatedClouds;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that cannot be used are told in one line, and in short how to use the command. */
class ArgumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo mars| no cloud mars; there are: aws, azure, gcp, existing",
                "get EMPTY| TARGET is empty. Give the file of a spec, or a reference such as aws/us-west-2/train-west.",
                "plan EMPTY| TARGET is empty. Give the file of a spec, or a reference such as aws/us-west-2/train-west.",
                "apply EMPTY| Invalid value for positional parameter at index 0 (FILE): The name of a file is empty.",
                "preflight aws/us-west-2/train-west| aws/us-west-2/train-west is a reference; this command needs the file of a spec.",
                "preflight missing.yaml| missing.yaml does not exist.",
                "plann a.yaml| There is no command plann.",
                "plan a.yaml b.yaml| plan does not take the argument b.yaml.",
                "schema aws| schema does not take the argument aws.",
                "plan a.yaml --dry-run| plan has no option --dry-run.",
                "--dry-run| osmo-backend has no option --dry-run.",
                "plan| Missing required parameter: 'TARGET'"
            })
    void messages_say_what_to_give_instead(String line, String message) {
        String[] arguments = line.strip().replace("EMPTY", "").split(" ", -1);

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

        assertThat(errors.toString().lines().findFirst()).contains(message);
        assertThat(errors.toString().lines())
                .hasSizeLessThan(arguments.length == 1 && arguments[0].startsWith("-") ? 60 : 6);
    }
}
