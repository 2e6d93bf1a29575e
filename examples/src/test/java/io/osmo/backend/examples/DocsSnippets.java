// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.Progress;
import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.micrometer.MicrometerProgress;
import io.osmo.backend.opentelemetry.OpenTelemetryProgress;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.SpecDocument;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.osmo.EmulatedOsmoService;
import io.osmo.backend.testkit.osmo.OsmoCharts;
import io.osmo.backend.values.OsmoValues;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Vantage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;

/** Code of the pages in docs that is in no example, so that it compiles. {@link SnippetsTest} looks for it here. */
final class DocsSnippets {
    private DocsSnippets() {}

    static void changes(OsmoBackends osmo, Plan plan) {
        osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));
    }

    static void listeners(
            OsmoBackends osmo, Plan plan, Logger log, ObservationRegistry registry, OpenTelemetry telemetry) {
        osmo.apply(
                plan,
                ApplyOptions.defaults()
                        .listener(Progress.slf4j(log))
                        .listener(MicrometerProgress.of(registry))
                        .listener(OpenTelemetryProgress.of(telemetry)));
    }

    static void costs(OsmoBackends osmo, BackendSpec spec) {
        CostEstimate cost = osmo.estimate(spec);
        System.out.println(cost); // one line for each thing that is billed
        BigDecimal most = cost.hourlyMaximum(); // in cost.currency(), such as USD
        Plan plan = osmo.plan(spec).withCost(cost); // the plan's text, JSON and HTML show it
    }

    static void diagnosis(OsmoBackends osmo, BackendSpec spec) {
        System.out.println(osmo.diagnose(spec)); // or osmo.diagnose(ref)
    }

    static void service(BackendSpec spec) {
        try (OsmoServiceClient service = OsmoServiceClient.builder(spec).build()) {
            service.version(); // needs no token
            service.logIn(); // OsmoServiceException LOGIN_REFUSED if the service does not accept the token
            service.backend("train-west"); // empty if the service does not know the name
            service.pool("default"); // online() tells the truth
        }
    }

    static void emulatedService(EmulatedClouds clouds, OsmoBackends osmo, BackendSpec spec, String token) {
        EmulatedCluster cluster = clouds.aws().cluster(spec.ref());
        EmulatedOsmoService service = EmulatedOsmoService.on(clouds.time());
        service.declare(osmo.values(spec));
        service.credential("train-west", token);
        OsmoCharts.installKai(cluster);
        OsmoCharts.installOperator(
                cluster, osmo.values(spec), spec.osmo().orElseThrow().operatorNamespace());
        service.attach(cluster);
    }

    static void values(OsmoBackends osmo, BackendSpec spec) throws IOException {
        OsmoValues values = osmo.values(spec, osmo.apply(osmo.plan(spec)));
        Files.writeString(Path.of("operator-values.yaml"), values.operatorYaml());
        Files.writeString(Path.of("service-values.yaml"), values.serviceYaml());
    }

    static void permissions(OsmoBackends osmo, BackendSpec spec) {
        Permissions needed = osmo.permissions(spec, Use.APPLY);
        System.out.println(needed); // IAM policies, or a custom role, as JSON
        needed.documents().forEach(d -> System.out.println(d.name() + ": " + d.command()));
    }

    static void preflight(OsmoBackends osmo, BackendSpec spec) {
        PreflightReport before = osmo.preflight(spec); // all that the spec asks for
        Plan plan = osmo.plan(spec);
        PreflightReport report = osmo.preflight(plan); // what this plan creates and changes
        Backend backend = osmo.apply(plan, ApplyOptions.defaults().requirePreflight(report));
        System.out.println(before + " " + backend);
    }

    static String spec() throws IOException {
        BackendSpec spec = BackendSpec.fromYaml(Files.readString(Path.of("train-west.yaml")));
        String written = spec.toYaml(); // every default written out; reading it again gives an equal spec
        return written;
    }

    static void positions(OsmoBackends osmo, String text) {
        SpecDocument document = SpecDocument.fromYaml(text);
        try {
            System.out.println(osmo.plan(document.spec()));
        } catch (InvalidSpecException e) {
            throw document.locate(e);
        }
    }

    static Report ownCheck(ClusterSnapshot snapshot) {
        Check spot = Check.of(
                "acme.no-spot",
                "no spot nodes in production",
                Requirement.CN_1,
                Severity.ERROR,
                Vantage.KUBERNETES,
                evidence -> evidence.nodes()
                        .known()
                        .map(nodes ->
                                nodes.stream().anyMatch(node -> node.labels().containsKey("acme/spot"))
                                        ? Status.FAIL
                                        : Status.PASS)
                        .orElse(Status.UNKNOWN));
        Report report = BackendVerifier.standard().with(spot).verify(snapshot);
        return report;
    }
}
