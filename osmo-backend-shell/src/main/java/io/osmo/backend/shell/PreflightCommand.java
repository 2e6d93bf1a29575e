// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "preflight", description = "Checks what can be known before anything is created. Changes nothing.")
final class PreflightCommand extends ResultCommand {
    @Parameters(
            paramLabel = "SPEC",
            description = "A spec in YAML, or in JSON if the name ends with .json; - for the standard input.")
    private Path spec = Path.of("");

    @Mixin
    private OsmoOptions service = new OsmoOptions();

    @Override
    public Integer call() {
        try (OsmoBackends osmo = shell().open(service::preflight)) {
            PreflightReport report = InputFiles.spec(spec).use(osmo::preflight);
            print(json() ? report.toJson() : report);
            return ExitCode.of(report);
        }
    }
}
