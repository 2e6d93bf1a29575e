// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "plan", description = "Prints what would change. Changes nothing.")
final class PlanCommand extends ResultCommand {
    @Parameters(paramLabel = "TARGET", description = Target.DESCRIPTION)
    private String target = "";

    @Option(names = "--destroy", description = "Plan to delete the backend.")
    private boolean destroy;

    @Option(
            names = "--cost",
            description = "Also read the cloud's list prices, and say what the backend costs an hour.")
    private boolean cost;

    @Option(names = "-o", paramLabel = "FILE", description = "Also store the plan, for apply.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the plan as a page for a browser.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--mermaid", paramLabel = "FILE", description = "Also write the plan as a flowchart for Mermaid.")
    private Optional<Path> mermaid = Optional.empty();

    @Override
    public Integer call() {
        Target wanted = Target.of(target);
        OutputFiles.check(
                Stream.of(file, html, mermaid).flatMap(Optional::stream).toList(), List.of(InputFiles.path(target)));
        try (OsmoBackends osmo = shell().open()) {
            Plan plan = plan(osmo, wanted);
            if (json()) {
                print(plan.toJson());
            } else {
                print(plan);
            }
            file.ifPresent(path -> OutputFiles.write(path, plan.toJson()));
            html.ifPresent(path -> OutputFiles.write(path, plan.toHtml()));
            mermaid.ifPresent(path -> OutputFiles.write(path, plan.toMermaid()));
            return ExitCode.PASSED;
        }
    }

    private Plan plan(OsmoBackends osmo, Target wanted) {
        if (destroy && cost) {
            throw new UnusableException("--cost is about what is created; --destroy creates nothing.");
        }
        if (destroy) {
            return wanted.planDestroy(osmo);
        }
        if (wanted instanceof Target.OfSpec ofSpec) {
            return ofSpec.file().use(spec -> cost ? osmo.plan(spec).withCost(osmo.estimate(spec)) : osmo.plan(spec));
        }
        throw new UnusableException("plan needs the file of a spec, or --destroy with a reference.");
    }
}
