// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Backend;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import org.junit.jupiter.api.Test;

/** Key rings and keys are never deleted by Google Cloud: they are found again and shared. */
class GkeKeyTest {
    @Test
    void a_key_whose_versions_were_destroyed_gets_a_new_one_on_the_same_ring() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            Backend gone = gke.destroyed();
            assertThat(gone.leftovers()).extracting(Leftover::kind).contains("kms-key-version");
            assertThat(gke.remains()).isEmpty();

            gke.applied(spec());

            assertThat(gke.count("cloudkms.CreateKeyRing")).isEqualTo(1);
            assertThat(gke.count("cloudkms.CreateCryptoKeyVersion")).isEqualTo(1);
            assertThat(gke.gcp().inventory())
                    .filteredOn(line -> line.startsWith("key "))
                    .hasSize(1);
            assertThat(gke.gcp().inventory())
                    .anyMatch(line -> line.startsWith("key-version ") && line.endsWith(" ENABLED"))
                    .anyMatch(line -> line.startsWith("key-version ") && line.endsWith(" DESTROY_SCHEDULED"));
        }
    }

    @Test
    void two_backends_of_a_region_share_the_ring() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            BackendSpec other = BackendSpec.builder("train-east")
                    .on("gcp", GkeBackend.REGION)
                    .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 2))
                    .build();

            gke.applied(other);

            assertThat(gke.count("cloudkms.CreateKeyRing")).isEqualTo(1);
            assertThat(gke.osmo.list("gcp", GkeBackend.REGION)).containsExactlyInAnyOrder(spec().ref(), other.ref());
        }
    }
}
