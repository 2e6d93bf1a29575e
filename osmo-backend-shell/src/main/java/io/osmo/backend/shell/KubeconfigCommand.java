// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spec.Secret;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "kubeconfig",
        description =
                "Prints a kubeconfig for the cluster of a backend, with a token that is valid for a short time, or with --exec with"
                        + " the cloud's own program that fetches tokens.")
final class KubeconfigCommand extends SubCommand {
    @Parameters(paramLabel = "TARGET", description = Target.DESCRIPTION)
    private String target = "";

    @Option(
            names = "--exec",
            description =
                    "Write no token: tools run aws, gke-gcloud-auth-plugin or kubelogin, with the credentials of whoever"
                            + " uses the kubeconfig.")
    private boolean exec;

    @Override
    public Integer call() {
        Target wanted = Target.of(target);
        try (OsmoBackends osmo = shell().open()) {
            Optional<Backend> backend =
                    wanted.get(osmo).filter(found -> found.access().isPresent());
            if (backend.isEmpty()) {
                tell("There is no cluster of a backend " + wanted.ref() + ".");
                return ExitCode.FAILED;
            }
            Optional<String> kubeconfig = exec
                    ? backend.get().pluginKubeconfig()
                    : backend.get().kubeconfig().map(Secret::reveal);
            if (kubeconfig.isEmpty()) {
                tell("No program fetches tokens for the cluster of " + wanted.ref() + ". Leave --exec out.");
                return ExitCode.FAILED;
            }
            print(kubeconfig.get());
            return ExitCode.PASSED;
        }
    }
}
