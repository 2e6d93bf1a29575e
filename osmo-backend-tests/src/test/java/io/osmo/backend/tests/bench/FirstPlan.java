// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.bench;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.tests.moto.Moto;

/** Prints a plan, as a fresh process of a host does, and ends. */
public final class FirstPlan {
    private FirstPlan() {}

    public static void main(String[] arguments) {
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .kubernetesVersion("1.34")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .gpuPool("t4", p -> p.instanceType("g4dn.xlarge").scale(0, 4))
                .settings(Moto.settings())
                .build();
        try (OsmoBackends osmo =
                OsmoBackends.builder().settings(Moto.settings()).build()) {
            System.out.println(osmo.plan(spec));
        }
    }
}
