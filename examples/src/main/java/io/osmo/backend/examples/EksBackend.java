// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.Progress;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.report.Report;

/**
 * A backend in a real AWS account, with credentials from the AWS SDK's default chain. {@code plan} only reads. {@code apply} and
 * {@code destroy} change the account. What {@code apply} creates costs money until it is destroyed.
 */
public final class EksBackend {
    private EksBackend() {}

    static BackendSpec spec(String role) {
        return BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .gpuPool("h100", p -> p.instanceType("p5.48xlarge").scale(0, 8))
                .apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))
                .pullSecret("nvcr.io", "$oauthtoken", Secret.env("NGC_API_KEY"))
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(Secret.env("OSMO_TOKEN")))
                .settings(EksSettings.builder().roleArn(role).build())
                .build();
    }

    /** Arguments: {@code plan}, {@code apply} or {@code destroy}, and the ARN of the role to assume. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("arguments: plan|apply|destroy <role ARN>");
        }
        BackendSpec spec = spec(arguments[1]);
        try (OsmoBackends osmo = OsmoBackends.open()) {
            switch (arguments[0]) {
                case "plan" -> System.out.println(osmo.plan(spec));
                case "apply" -> apply(osmo, spec);
                case "destroy" -> destroy(osmo, spec);
                default -> throw new IllegalArgumentException("plan, apply or destroy, not " + arguments[0]);
            }
        } catch (OsmoBackendException e) {
            System.err.println(e.getMessage() + "\n" + e.remedy());
            System.exit(1);
        }
    }

    private static void apply(OsmoBackends osmo, BackendSpec spec) {
        Plan plan = osmo.plan(spec);
        System.out.println(plan);
        PreflightReport preflight = osmo.preflight(plan);
        System.out.println(preflight);
        Backend backend = osmo.apply(
                plan, ApplyOptions.defaults().requirePreflight(preflight).listener(Progress.console()));
        Report report = BackendVerifier.standard().verify(backend);
        System.out.println(report);
        report.requirePassed();
    }

    private static void destroy(OsmoBackends osmo, BackendSpec spec) {
        Backend gone = osmo.apply(osmo.planDestroy(spec.ref()), Progress.console());
        gone.leftovers().forEach(System.out::println);
    }
}
