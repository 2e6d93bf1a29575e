// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.report.Catalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "explain", description = "Prints what a check expects, and why.")
final class ExplainCommand extends ResultCommand {
    @Parameters(
            paramLabel = "CHECK",
            arity = "0..1",
            description = "Id of a check; kai.* means all whose id begins with kai. Default: all checks.")
    private String pattern = "*";

    @Override
    public Integer call() {
        BackendVerifier verifier = BackendVerifier.standard();
        List<Check> checks = "*".equals(pattern) ? verifier.checks() : selected(verifier);
        if (json()) {
            print(Json.write(checks.stream().map(ExplainCommand::values).toList()));
        } else {
            print(checks.stream().map(ExplainCommand::text).collect(Collectors.joining("\n\n")));
        }
        return ExitCode.PASSED;
    }

    private List<Check> selected(BackendVerifier verifier) {
        try {
            return verifier.only(pattern).checks();
        } catch (IllegalArgumentException e) {
            throw new UnusableException(e.getMessage() + "; explain without an argument lists all checks.");
        }
    }

    private static Map<String, Object> values(Check check) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", check.id());
        values.put("title", check.title());
        values.put("severity", check.severity());
        values.put("vantages", check.vantages());
        check.requirement().ifPresent(requirement -> values.put("requirement", requirement.toString()));
        Catalog.of(List.of(check)).documentation(check.id()).ifPresent(uri -> values.put("documentation", uri));
        return values;
    }

    private static String text(Check check) {
        String vantages = check.vantages().stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
        return check.id() + "\n  expects      " + check.title() + "\n  severity     " + check.severity()
                + check.requirement()
                        .map(r -> "\n  requirement  " + r + ": " + r.text())
                        .orElse("")
                + (vantages.isEmpty() ? "" : "\n  read from    " + vantages)
                + Catalog.of(List.of(check))
                        .documentation(check.id())
                        .map(uri -> "\n  more         " + uri)
                        .orElse("");
    }
}
