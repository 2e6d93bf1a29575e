// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "destroy", description = "Deletes a backend, after printing the plan and asking.")
final class DestroyCommand extends ResultCommand {
    @Parameters(paramLabel = "TARGET", description = Target.DESCRIPTION)
    private String target = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        Target wanted = Target.of(target);
        try (OsmoBackends osmo = shell().open()) {
            Plan plan = wanted.planDestroy(osmo);
            if (!json()) {
                show(plan);
            }
            Applying applying = new Applying(this, osmo, "destroy " + target);
            // Nobody is asked about what is refused.
            boolean refused = !plan.guards().isEmpty();
            if (!refused && !applying.agreed(plan, yes)) {
                tell("Nothing was changed.");
                return ExitCode.CANCELLED;
            }
            Backend gone = applying.apply(plan, ApplyOptions.defaults());
            if (json()) {
                print(Json.of(gone));
            } else {
                gone.leftovers().forEach(this::print);
            }
            return ExitCode.PASSED;
        }
    }
}
