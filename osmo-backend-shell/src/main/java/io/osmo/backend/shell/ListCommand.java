// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spec.BackendRef;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Prints the backends of a region, one reference in each line.")
final class ListCommand extends ResultCommand {
    @Parameters(index = "0", paramLabel = "PROVIDER", description = "Such as aws, azure or gcp.")
    private String provider = "";

    @Parameters(index = "1", paramLabel = "REGION", description = "In the cloud's own spelling.")
    private String region = "";

    @Override
    public Integer call() {
        if (!Target.NAME.matcher(region).matches()) {
            throw new UnusableException("'" + region + "' is no region.");
        }
        try (OsmoBackends osmo = shell().open()) {
            List<BackendRef> refs = osmo.list(provider, region);
            if (json()) {
                print(Json.of(refs));
            } else {
                refs.forEach(this::print);
                if (refs.isEmpty()) {
                    tell("There is no backend in " + provider + "/" + region + ".");
                }
            }
            return ExitCode.PASSED;
        }
    }
}
