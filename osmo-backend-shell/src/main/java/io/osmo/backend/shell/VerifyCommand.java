// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Vantage;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Checks whether a cluster satisfies what OSMO needs. Reads only, unless probes are requested.",
            "Without TARGET, it reads the cluster of a kubeconfig, no matter who created it."
        })
final class VerifyCommand extends ResultCommand {
    /** Minimum width of a report, in columns. */
    private static final int NARROWEST = 40;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The results that make the exit code 1. */
    enum FailOn {
        ERROR,
        WARNING
    }

    @Parameters(paramLabel = "TARGET", arity = "0..1", description = Target.DESCRIPTION)
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Default: $KUBECONFIG if it names one file, else ~/.kube/config.")
    private Optional<Path> kubeconfig = Optional.empty();

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Context of the kubeconfig. Default: the current one.")
    private Optional<String> context = Optional.empty();

    @Option(
            names = "--only",
            paramLabel = "CHECKS",
            description = "Only these checks, separated by commas, such as kai.*,node.ready")
    private Optional<String> only = Optional.empty();

    @Option(names = "--without", paramLabel = "CHECKS", description = "Not these checks.")
    private Optional<String> without = Optional.empty();

    @Option(names = "--waive", paramLabel = "FILE", description = "Accepted deviations: lines of CHECK DAY REASON.")
    private Optional<Path> waivers = Optional.empty();

    @Option(names = "--probe", description = "Also run probes: pods in a namespace of their own, removed at the end.")
    private boolean probe;

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            defaultValue = "error",
            description = "The least that fails: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private FailOn failOn = FailOn.ERROR;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page for a browser.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the report as JUnit XML.")
    private Optional<Path> junit = Optional.empty();

    @Mixin
    private OsmoOptions service = new OsmoOptions();

    @Override
    public Integer call() {
        OutputFiles.check(
                Stream.of(html, json, junit).flatMap(Optional::stream).toList(),
                Stream.of(kubeconfig, waivers, target.map(InputFiles::path))
                        .flatMap(Optional::stream)
                        .toList());
        try (Scheduler scheduler = new SystemScheduler()) {
            BackendVerifier verifier = verifier(scheduler);
            Report report = target.map(argument -> ofBackend(verifier, Target.of(argument)))
                    .orElseGet(() -> ofKubeconfig(verifier));
            show(report);
            return exitCode(report);
        }
    }

    private BackendVerifier verifier(Scheduler scheduler) {
        BackendVerifier verifier = BackendVerifier.standard();
        try {
            if (only.isPresent()) {
                verifier = verifier.only(ids("--only", only.get()));
            }
            if (without.isPresent()) {
                verifier = verifier.without(ids("--without", without.get()));
            }
            if (waivers.isPresent()) {
                verifier = verifier.waive(WaiverFile.read(waivers.get()).toArray(Waiver[]::new));
            }
        } catch (IllegalArgumentException e) {
            throw new UnusableException(e.getMessage() + "; the command explain lists all checks.");
        }
        return probe ? verifier.probes(Probes.builder(scheduler).build()) : verifier;
    }

    private static String[] ids(String option, String values) {
        String[] ids = Stream.of(values.split(","))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toArray(String[]::new);
        if (ids.length == 0) {
            throw new UnusableException(option + " names no check.");
        }
        return ids;
    }

    private Report ofBackend(BackendVerifier verifier, Target wanted) {
        if (kubeconfig.isPresent() || context.isPresent()) {
            throw new UnusableException(
                    "--kubeconfig and --context name a cluster without TARGET; leave out one of them.");
        }
        try (OsmoBackends osmo = shell().open()) {
            Backend backend = wanted.get(osmo)
                    .orElseThrow(() -> new UnusableException("There is no backend " + wanted.ref() + "."));
            Optional<Secret> token = backend.spec().flatMap(BackendSpec::osmo).flatMap(OsmoService::token);
            return service.verify(verifier, token, asking -> asking.verify(backend));
        }
    }

    private Report ofKubeconfig(BackendVerifier verifier) {
        Vantage[] vantages = Stream.of(Vantage.KUBERNETES, Vantage.PROBE, Vantage.OSMO)
                .filter(vantage -> vantage != Vantage.PROBE || probe)
                .filter(vantage -> vantage != Vantage.OSMO || service.wanted())
                .toArray(Vantage[]::new);
        Path file = kubeconfig.orElseGet(VerifyCommand::usualKubeconfig);
        return service.verify(
                verifier.from(vantages),
                Optional.empty(),
                reading -> context.map(name -> reading.verifyKubeconfig(file, name))
                        .orElseGet(() -> reading.verifyKubeconfig(file)));
    }

    private static Path usualKubeconfig() {
        List<String> named = Stream.of(Objects.requireNonNullElse(System.getenv("KUBECONFIG"), "")
                        .split(File.pathSeparator))
                .filter(file -> !file.isEmpty())
                .toList();
        if (named.size() > 1) {
            throw new UnusableException("KUBECONFIG names more than one file: choose one with --kubeconfig.");
        }
        String home = Objects.requireNonNullElse(System.getenv("HOME"), System.getProperty("user.home"));
        return named.isEmpty() ? Path.of(home, ".kube", "config") : InputFiles.path(named.get(0));
    }

    private void show(Report report) {
        if (json()) {
            print(report.toJson());
        } else {
            int columns = Math.max(NARROWEST, spec.usageMessage().width());
            print(shell().console().colored() ? report.toColoredText(columns) : report.toText(columns));
            List<String> more = MoreChecks.lines(report);
            if (!more.isEmpty()) {
                print("\n" + String.join("\n", more));
            }
        }
        html.ifPresent(file -> OutputFiles.write(file, report.toHtml()));
        json.ifPresent(file -> OutputFiles.write(file, report.toJson()));
        junit.ifPresent(file -> OutputFiles.write(file, report.toJUnitXml()));
    }

    private int exitCode(Report report) {
        boolean warned =
                failOn == FailOn.WARNING && !report.findings(Status.WARN).isEmpty();
        return warned ? ExitCode.FAILED : ExitCode.of(report);
    }
}
