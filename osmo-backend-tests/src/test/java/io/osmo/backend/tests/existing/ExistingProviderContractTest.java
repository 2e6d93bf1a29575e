// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.existing;

import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.contract.ProviderContract;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The provider of existing clusters keeps the contract; nodes are given, so only what is in the cluster changes. */
class ExistingProviderContractTest extends ProviderContract {
    private static final ExistingSettings STORAGE =
            ExistingSettings.defaults().withStorage("driver.longhorn.io", Map.of("numberOfReplicas", "3"));

    @Override
    protected EmulatedCloud cloud(VirtualTime time) {
        return EmulatedExisting.on(time).nodes(40, "lab-8", Map.of("node-type", "compute"));
    }

    @Override
    protected BackendSpec spec(int pools) {
        BackendSpecBuilder spec = backend("existing", "lab", "lab-8", pools).toBuilder();
        return spec.settings(STORAGE)
                .pullSecret("nvcr.io", "$oauthtoken", Secret.of("ngc", () -> "not-a-real-key"))
                .build();
    }

    /** Whether a wanted Secret belongs to someone else can only be asked one by one. */
    @Override
    protected Set<String> singleReads() {
        return Set.of(
                "GET api/v1/namespaces/osmo-operator/secrets/nvcr-io-pull",
                "GET api/v1/namespaces/osmo-workflows/secrets/nvcr-io-pull");
    }

    @Override
    protected Map<String, BackendSpec> changes() {
        Map<String, BackendSpec> changes = new LinkedHashMap<>();
        changes.put(
                "one more registry",
                changed(s -> s.pullSecret(
                        "registry.example.com", "robot", Secret.of("robot", () -> "not-a-real-password"))));
        changes.put(
                "an OSMO service with a token",
                changed(s -> s.osmo(o -> o.serviceUrl("https://osmo.example.com")
                        .token(Secret.of("token", () -> "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")))));
        return changes;
    }
}
