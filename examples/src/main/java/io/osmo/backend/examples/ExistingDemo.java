// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Progress;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Map;

/** OSMO's resources in a cluster that is there already, on an emulated cluster: plan, apply, verify, destroy. */
public final class ExistingDemo {
    private ExistingDemo() {}

    public static void main(String[] arguments) {
        run();
    }

    /** Runs in virtual time and prints to the standard output. */
    public static void run() {
        String token = "not-a-real-token-but-as-long-as-one-has-to-";
        BackendSpec spec = BackendSpec.builder("lab-west")
                .on("existing", "lab")
                .profile(Profile.DEVELOPMENT)
                .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(() -> token))
                .build();

        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            ((EmulatedExisting) clouds.cloud("existing")).nodes(2, "lab-8", Map.of("node-type", "compute"));

            QuickStart.step("What would change? The cluster and its nodes stay as they are", "osmo.plan(spec)");
            Plan plan = osmo.plan(spec);
            System.out.println(plan);

            QuickStart.step("Do it", "osmo.apply(plan, Progress.console())");
            Backend backend = osmo.apply(plan, Progress.console());

            QuickStart.step(
                    "Does the cluster satisfy OSMO?",
                    "BackendVerifier.standard().from(Vantage.KUBERNETES).verify(backend)");
            System.out.println(
                    BackendVerifier.standard().from(Vantage.KUBERNETES).verify(backend));

            QuickStart.step("Take it back", "osmo.apply(osmo.planDestroy(spec), Progress.console())");
            Plan destroy = osmo.planDestroy(spec);
            System.out.println(destroy);
            osmo.apply(destroy, Progress.console()).leftovers().forEach(System.out::println);
        }
    }
}
