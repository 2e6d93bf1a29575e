// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "kubeconfig",
        description = "Prints a kubeconfig for the cluster of a backend, with a token that is valid for a short time.")
final class KubeconfigCommand extends SubCommand {
    @Parameters(paramLabel = "TARGET", description = Target.DESCRIPTION)
    private String target = "";

    @Override
    public Integer call() {
        Target wanted = Target.of(target);
        try (OsmoBackends osmo = shell().open()) {
            Optional<String> kubeconfig =
                    wanted.get(osmo).flatMap(Backend::kubeconfig).map(secret -> secret.reveal());
            if (kubeconfig.isEmpty()) {
                tell("There is no cluster of a backend " + wanted.ref() + ".");
                return ExitCode.FAILED;
            }
            print(kubeconfig.get());
            return ExitCode.PASSED;
        }
    }
}
