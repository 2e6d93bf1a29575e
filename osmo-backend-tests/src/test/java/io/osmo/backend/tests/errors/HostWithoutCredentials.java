// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A host in a JVM of its own, since the vendors' default credentials are found by environment variables. For each call it prints a
 * line: provider, call, milliseconds, what was told and remedy, divided by tabs.
 */
final class HostWithoutCredentials {
    private static final Map<String, BackendSpec> SPECS = Map.of(
            "gcp",
            BackendSpec.builder("train-west")
                    .on("gcp", "us-central1")
                    .settings(GkeSettings.builder().project("p").build())
                    .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 2))
                    .build(),
            "azure",
            BackendSpec.builder("train-west")
                    .on("azure", "eastus2")
                    .settings(AksSettings.builder()
                            .subscription("5e9c0a5e-0000-4000-8000-000000000000")
                            .build())
                    .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))
                    .build());

    private HostWithoutCredentials() {}

    public static void main(String[] arguments) {
        // Loading the classes of a vendor's clients for the first time is not what is measured, and comes with the
        // first call.
        SPECS.entrySet().parallelStream()
                .forEach(cloud -> List.of("get", "plan", "preflight")
                        .forEach(call -> report(cloud.getKey(), call, cloud.getValue())));
    }

    private static void report(String provider, String call, BackendSpec spec) {
        long begun = System.nanoTime();
        String told;
        try (OsmoBackends osmo = OsmoBackends.open()) {
            told = switch (call) {
                case "get" -> refused(() -> osmo.get(spec));
                case "plan" -> refused(() -> osmo.plan(spec));
                default -> failed(osmo.preflight(spec).findings());
            };
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println(String.join("\t", provider, call, Long.toString(took.toMillis()), told));
    }

    private static String refused(Supplier<Object> call) {
        try {
            return "no refusal\t" + call.get();
        } catch (CloudException e) {
            return e.error() + " " + e.code() + "\t" + e.remedy();
        }
    }

    private static String failed(List<PreflightFinding> findings) {
        return findings.stream()
                .filter(finding -> finding.status() == Status.FAIL)
                .map(finding -> finding.check() + "\t" + finding.remedy())
                .reduce((one, other) -> one + "; " + other)
                .orElse("no failure\t");
    }
}
