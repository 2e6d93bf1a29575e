// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.verify.BackendVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "rbac", description = "Prints the rights that verify needs in a cluster, as YAML for kubectl apply.")
final class RbacCommand extends SubCommand {
    @Option(names = "--probe", description = "What probes need in addition.")
    private boolean probe;

    @Override
    public Integer call() {
        print(probe ? BackendVerifier.requiredProbeRbac() : BackendVerifier.requiredRbac());
        return ExitCode.PASSED;
    }
}
