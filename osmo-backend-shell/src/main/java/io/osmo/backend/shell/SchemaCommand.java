// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.spec.SpecSchema;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "schema",
        description = "Prints the JSON Schema of specs, for completion and checks in editors. See docs/editor.md.")
final class SchemaCommand extends SubCommand {
    @Option(
            names = "--settings",
            paramLabel = "PROVIDER",
            description = "Only the schema of the settings of one provider, such as aws.")
    private Optional<String> provider = Optional.empty();

    @Override
    public Integer call() {
        print(provider.map(SchemaCommand::ofSettings).orElseGet(SpecSchema::json));
        return ExitCode.PASSED;
    }

    private static String ofSettings(String provider) {
        return SpecSchema.settingsJson(provider)
                .orElseThrow(() -> new UnusableException("There is no provider " + provider + " with settings."));
    }
}
