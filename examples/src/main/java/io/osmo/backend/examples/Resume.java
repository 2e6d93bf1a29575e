// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Progress;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;

/** A call is refused: everything else is created, and a second apply continues from there. Runs on the emulated cloud. */
public final class Resume {
    private Resume() {}

    public static void main(String[] arguments) {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.aws().faults().onCall("backup:CreateBackupVault").deny();
            try {
                osmo.apply(osmo.plan(spec), Progress.console());
            } catch (PartialApplyException e) {
                System.out.println(e.getMessage());
                for (ResourceOutcome outcome : e.outcomes()) {
                    if (outcome.status() != ResourceOutcome.Status.DONE) {
                        System.out.println(outcome.status() + " " + outcome.resource());
                    }
                }
            }

            clouds.aws().faults().clear();
            osmo.apply(osmo.plan(spec), Progress.console());
            System.out.println(osmo.plan(spec));
        }
    }
}
