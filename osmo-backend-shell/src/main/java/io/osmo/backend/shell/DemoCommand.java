// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.examples.ExistingDemo;
import io.osmo.backend.examples.QuickStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "demo",
        description =
                "Creates, verifies, changes and destroys a backend on an emulated cloud or cluster, in virtual time. Needs no account.")
final class DemoCommand extends SubCommand {
    @Parameters(
            paramLabel = "CLOUD",
            arity = "0..1",
            defaultValue = "aws",
            description = "aws, azure, gcp or existing. Default: ${DEFAULT-VALUE}.")
    private String cloud = "aws";

    @Override
    public Integer call() {
        try {
            if (cloud.equals("existing")) {
                ExistingDemo.run();
            } else {
                QuickStart.run(cloud);
            }
        } catch (IllegalArgumentException e) {
            throw new UnusableException(e.getMessage() + ", existing");
        }
        return ExitCode.PASSED;
    }
}
