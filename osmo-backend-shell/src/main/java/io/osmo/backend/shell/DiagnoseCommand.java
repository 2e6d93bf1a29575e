// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.diagnosis.Diagnosis;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "diagnose", description = "Says why nodes of a backend's pools did not join. Changes nothing.")
final class DiagnoseCommand extends ResultCommand {
    @Parameters(paramLabel = "TARGET", description = Target.DESCRIPTION)
    private String target = "";

    @Override
    public Integer call() {
        Target wanted = Target.of(target);
        try (OsmoBackends osmo = shell().open()) {
            Diagnosis diagnosis = wanted.diagnose(osmo);
            print(json() ? diagnosis.toJson() : diagnosis);
            return ExitCode.of(diagnosis);
        }
    }
}
