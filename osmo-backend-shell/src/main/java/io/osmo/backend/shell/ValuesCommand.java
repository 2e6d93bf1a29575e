// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.values.OsmoValues;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "values", description = "Prints the values of OSMO's charts for a spec, as YAML. They hold no secret.")
final class ValuesCommand extends ResultCommand {
    /** Which of the two charts to print values for. */
    enum Side {
        OPERATOR,
        SERVICE
    }

    @Parameters(paramLabel = "SPEC", description = "A spec with osmo.release and osmo.serviceUrl.")
    private Path file = Path.of("");

    @Option(
            names = "--of",
            paramLabel = "SIDE",
            description = "Only the values of one chart: ${COMPLETION-CANDIDATES}. Default: both.")
    private Optional<Side> side = Optional.empty();

    @Option(
            names = "--existing",
            description =
                    "Read the cloud, or the nodes of an existing cluster: taints, machines, and addresses for network policies.")
    private boolean existing;

    @Override
    public Integer call() {
        SpecFile read = InputFiles.spec(file);
        try (OsmoBackends osmo = shell().open()) {
            OsmoValues values = read.use(spec -> existing ? osmo.values(spec, backend(osmo, spec)) : osmo.values(spec));
            print(json() ? Json.write(data(values)) : text(values));
            return ExitCode.PASSED;
        }
    }

    private String text(OsmoValues values) {
        return side.map(s -> s == Side.OPERATOR ? values.operatorYaml() : values.serviceYaml())
                .orElseGet(values::toString);
    }

    private Map<String, Object> data(OsmoValues values) {
        return side.map(s -> s == Side.OPERATOR ? values.operator() : values.service())
                .orElseGet(() -> Map.of("operator", values.operator(), "service", values.service()));
    }

    private static Backend backend(OsmoBackends osmo, BackendSpec spec) {
        return osmo.get(spec).orElseThrow(() -> new UnusableException("There is no backend " + spec.ref() + "."));
    }
}
