// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.permission.Use;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "permissions",
        description = "Prints least-privilege policies or roles for what is done with a backend. Asks no cloud.")
final class PermissionsCommand extends SubCommand {
    @Parameters(
            paramLabel = "SPEC",
            description = "A spec in YAML, or in JSON if the name ends with .json; - for the standard input.")
    private Path spec = Path.of("");

    @Option(
            names = "--use",
            paramLabel = "USE",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "APPLY")
    private Use use = Use.APPLY;

    @Override
    public Integer call() {
        try (OsmoBackends osmo = shell().open()) {
            Permissions permissions = InputFiles.spec(spec).use(read -> osmo.permissions(read, use));
            if (permissions.documents().isEmpty()) {
                print("No cloud is called. See rbac for the rights in the cluster.");
            }
            for (PolicyDocument document : permissions.documents()) {
                print("# " + document.name() + ": " + document.command());
                print(document.text());
            }
            return ExitCode.PASSED;
        }
    }
}
