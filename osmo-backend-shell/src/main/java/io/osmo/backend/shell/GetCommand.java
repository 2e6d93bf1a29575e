// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Prints whether a backend exists, and how to reach its cluster.")
final class GetCommand extends ResultCommand {
    @Parameters(paramLabel = "TARGET", description = Target.DESCRIPTION)
    private String target = "";

    @Override
    public Integer call() {
        Target wanted = Target.of(target);
        try (OsmoBackends osmo = shell().open()) {
            Optional<Backend> backend = wanted.get(osmo);
            if (backend.isEmpty()) {
                tell("There is no backend " + wanted.ref() + ".");
                return ExitCode.FAILED;
            }
            print(json() ? Json.of(backend.get()) : backend.get());
            return ExitCode.PASSED;
        }
    }
}
