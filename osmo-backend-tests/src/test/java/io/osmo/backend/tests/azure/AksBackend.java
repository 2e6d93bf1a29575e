// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.azure.Models;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.azure.AzureModels;
import java.util.List;
import java.util.function.UnaryOperator;

/** A backend on emulated ARM whose requests are held against Microsoft's descriptions. */
final class AksBackend implements AutoCloseable {
    static final String NAME = "train-west";
    static final String REGION = "eastus2";
    static final String GROUP = "osmo-" + NAME + "-" + REGION;
    static final String GPU = "Standard_NC24ads_A100_v4";
    static final String CLUSTER_PUT = "PUT Microsoft.ContainerService/managedClusters";
    static final String POOL_PUT = CLUSTER_PUT + "/agentPools";

    static final String POOL_DELETE = POOL_PUT.replace("PUT", "DELETE");

    private final AzureModels models = Models.load();
    final EmulatedClouds clouds;
    final OsmoBackends osmo;

    AksBackend() {
        this(azure -> azure);
    }

    AksBackend(UnaryOperator<EmulatedAzure.Builder> how) {
        clouds = EmulatedClouds.builder()
                .azure(azure -> how.apply(azure.inspector(models)))
                .build();
        osmo = clouds.open();
    }

    /** One pool beside the operator pool, not protected, and what a test adds. */
    static BackendSpec spec(UnaryOperator<BackendSpecBuilder> more) {
        return more.apply(draft(NAME, REGION)).build();
    }

    /** The same backend under another name or in another region. */
    static BackendSpec named(String name, String region) {
        return draft(name, region).build();
    }

    private static BackendSpecBuilder draft(String name, String region) {
        return BackendSpec.builder(name)
                .on("azure", region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 2));
    }

    static BackendSpec spec() {
        return spec(s -> s);
    }

    static BackendSpec gpu(AksSettings settings) {
        return spec(s -> s.gpuPool("gpu", p -> p.instanceType(GPU).scale(0, 2)).settings(settings));
    }

    EmulatedAzure azure() {
        return clouds.azure();
    }

    VirtualTime time() {
        return clouds.time();
    }

    Rest rest() {
        return new Rest(azure(), time());
    }

    /** Applied, and then nothing is left to do. */
    Backend applied(BackendSpec spec) {
        Backend backend = osmo.apply(osmo.plan(spec));
        assertThat(osmo.plan(spec).changes()).isEmpty();
        return backend;
    }

    List<Call> calls(String operation) {
        return azure().calls().stream()
                .filter(call -> call.operation().equals(operation))
                .toList();
    }

    List<ArmRequest> requests(String operation) {
        return calls(operation).stream()
                .map(call -> call.request(ArmRequest.class))
                .toList();
    }

    @Override
    public void close() {
        osmo.close();
        clouds.close();
        assertThat(models.violations()).isEmpty();
    }
}
