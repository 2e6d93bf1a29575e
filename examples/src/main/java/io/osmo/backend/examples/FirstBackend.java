// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Progress;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.verify.BackendVerifier;

/** The shortest way to a backend, as the README begins with it. It creates one in the account that the environment has credentials for. */
public final class FirstBackend {
    private FirstBackend() {}

    public static void main(String[] arguments) {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .gpuPool("h100", p -> p.instanceType("p5.48xlarge").scale(0, 8))
                .build();
        try (OsmoBackends osmo = OsmoBackends.open()) {
            Plan plan = osmo.plan(spec);
            System.out.println(plan);
            Backend backend = osmo.apply(plan, Progress.console());
            System.out.println(BackendVerifier.standard().verify(backend));
        }
    }
}
