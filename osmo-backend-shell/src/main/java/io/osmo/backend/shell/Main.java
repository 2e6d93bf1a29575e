// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.OsmoBackends;

/** Starts the commands: {@code java -jar osmo-backend-shell.jar COMMAND}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new Shell(
                        Console.ofThisProcess(),
                        host -> host.apply(OsmoBackends.builder()).build())
                .run(arguments));
    }
}
