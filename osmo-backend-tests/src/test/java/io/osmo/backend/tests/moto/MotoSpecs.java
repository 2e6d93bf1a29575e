// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Taint;

/** Backends that stand on moto. */
final class MotoSpecs {
    static final String REGION = "us-west-2";

    private MotoSpecs() {}

    /** Production profile, a pool of each kind. */
    static BackendSpec production() {
        return BackendSpec.builder("train-west")
                .on("aws", REGION)
                .kubernetesVersion("1.34")
                .apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))
                .computePool(
                        "cpu",
                        p -> p.instanceType("m7i.2xlarge")
                                .scale(1, 5)
                                .label("team", "robots")
                                .taint("batch", "yes", Taint.Effect.NO_SCHEDULE))
                .gpuPool("t4", p -> p.instanceType("g4dn.xlarge").scale(0, 2))
                .settings(Moto.settings())
                .build();
    }

    /** As few resources as a backend can have. */
    static BackendSpec small() {
        return small("small-west");
    }

    static BackendSpec small(String name) {
        return BackendSpec.builder(name)
                .on("aws", REGION)
                .profile(Profile.DEVELOPMENT)
                .kubernetesVersion("1.34")
                .network(n -> n.zoneCount(2))
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                .settings(Moto.settings())
                .build();
    }
}
