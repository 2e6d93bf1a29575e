// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.KeyRing;
import com.google.cloud.kms.v1.LocationName;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.error.ResourceOutcome.Status;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.fault.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * An apply in which a cloud refuses something.
 *
 * @param thrown what came of it
 * @param failure the first refusal
 * @param outcome of the resource that was refused
 * @param after how long the apply went on until it failed
 */
record Refused(PartialApplyException thrown, CloudException failure, ResourceOutcome outcome, Duration after) {
    static final String AWS = "aws";
    static final String GCP = "gcp";
    static final String AZURE = "azure";

    /** Every cloud emulated, each on its own. */
    static EmulatedClouds clouds() {
        return EmulatedClouds.builder().aws(a -> a).gcp(g -> g).azure(a -> a).build();
    }

    static Faults faults(EmulatedClouds clouds, String provider) {
        return switch (provider) {
            case AWS -> clouds.aws().faults();
            case GCP -> clouds.gcp().faults();
            default -> clouds.azure().faults();
        };
    }

    static BackendSpec spec(String provider) {
        return spec(provider, 2);
    }

    /** @param nodes at most */
    static BackendSpec spec(String provider, int nodes) {
        return switch (provider) {
            case AWS -> spec(AWS, "us-west-2", "m7i.2xlarge", nodes);
            case GCP -> spec(GCP, "us-central1", "n2-standard-8", nodes);
            default -> spec(AZURE, "eastus2", "Standard_D8s_v5", nodes);
        };
    }

    private static BackendSpec spec(String provider, String region, String machine, int nodes) {
        return BackendSpec.builder("train-west")
                .on(provider, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(machine).scale(1, nodes))
                .build();
    }

    /** Applies the spec of a provider while a fault is in force. */
    static Refused when(String provider, Consumer<Faults> fault) {
        return when(provider, spec(provider), fault);
    }

    /** A second backend on GKE that is to use the key of the first one, when GKE says that it may not. */
    static Refused whenGkeMayNotUseAnExistingKey(String message) {
        try (EmulatedClouds clouds = clouds();
                OsmoBackends osmo = clouds.open();
                GcpClients clients = clouds.gcp().open("us-central1", GkeSettings.defaults())) {
            osmo.apply(osmo.plan(spec(GCP)));
            LocationName location = LocationName.of(clients.project(), "us-central1");
            KeyRing ring = clients.keys()
                    .listKeyRings(location)
                    .iterateAll()
                    .iterator()
                    .next();
            CryptoKey key = clients.keys()
                    .listCryptoKeys(ring.getName())
                    .iterateAll()
                    .iterator()
                    .next();
            BackendSpec second = BackendSpec.builder("second")
                    .on(GCP, "us-central1")
                    .encryption(e -> e.existingKey(key.getName()))
                    .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 2))
                    .build();
            return when(
                    clouds,
                    osmo,
                    second,
                    faults -> faults.onCall("container.CreateCluster").refuse(403, "forbidden", message));
        }
    }

    static Refused when(String provider, BackendSpec spec, Consumer<Faults> fault) {
        try (EmulatedClouds clouds = clouds();
                OsmoBackends osmo = clouds.open()) {
            return when(clouds, osmo, spec, fault);
        }
    }

    private static Refused when(EmulatedClouds clouds, OsmoBackends osmo, BackendSpec spec, Consumer<Faults> fault) {
        var plan = osmo.plan(spec);
        fault.accept(faults(clouds, spec.provider()));
        Instant begun = clouds.time().now();
        PartialApplyException thrown = catchThrowableOfType(PartialApplyException.class, () -> osmo.apply(plan));
        assertThat(thrown).as("the apply is refused").isNotNull();
        CloudException failure = (CloudException) Arrays.stream(thrown.getSuppressed())
                .filter(CloudException.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError(thrown));
        ResourceOutcome outcome = thrown.outcomes().stream()
                .filter(o -> o.status() == Status.FAILED)
                .findFirst()
                .orElseThrow();
        return new Refused(
                thrown, failure, outcome, Duration.between(begun, clouds.time().now()));
    }
}
