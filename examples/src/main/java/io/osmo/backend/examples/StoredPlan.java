// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Progress;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.time.Duration;

/**
 * How a control plane uses the library: one process creates a plan, which is stored and approved, and another process applies it.
 * The apply is cancelled halfway, and a later one continues from what exists. Runs on the emulated cloud.
 */
public final class StoredPlan {
    private StoredPlan() {}

    public static void main(String[] arguments) {
        try (EmulatedClouds clouds = EmulatedClouds.create()) {
            String stored = plan(clouds);
            System.out.println("stored: " + stored.length() + " characters of JSON");
            cancelled(clouds, stored);
            Backend backend = resumed(clouds, stored);
            System.out.println("ready: " + backend.access().orElseThrow().name());
        }
    }

    private static String plan(EmulatedClouds clouds) {
        BackendSpec spec = BackendSpec.fromYaml("""
                name: train-west
                provider: aws
                region: us-west-2
                computePools:
                  - name: cpu
                    instanceTypes: [m7i.2xlarge]
                pullSecrets:
                  - registry: nvcr.io
                    username: $oauthtoken
                    password: {external: ngc}
                """);
        try (OsmoBackends osmo = open(clouds)) {
            return osmo.plan(spec).toJson();
        }
    }

    private static void cancelled(EmulatedClouds clouds, String stored) {
        try (OsmoBackends osmo = open(clouds)) {
            ApplyHandle handle = osmo.start(
                    Plan.fromJson(stored),
                    ApplyOptions.defaults().listener(audit()).deadline(Duration.ofHours(1)));
            clouds.time().advance(Duration.ofMinutes(5));
            handle.cancel();
            handle.await();
        } catch (OperationCancelledException e) {
            System.out.println(e.getMessage() + ". " + e.remedy());
        }
    }

    private static Backend resumed(EmulatedClouds clouds, String stored) {
        try (OsmoBackends osmo = open(clouds)) {
            return osmo.apply(Plan.fromJson(stored), Progress.console());
        }
    }

    /** Specs and plans contain only the names of secrets. The process that plans or applies supplies the values. */
    private static OsmoBackends open(EmulatedClouds clouds) {
        return clouds.open(host -> host.secrets(StoredPlan::fromVault));
    }

    private static String fromVault(String name) {
        return "what the vault holds as " + name;
    }

    private static ProgressListener audit() {
        return event -> {
            if (event instanceof Event.EffectAccepted e) {
                System.out.println(e.at() + " " + e.effect() + " " + e.resource());
            }
        };
    }
}
