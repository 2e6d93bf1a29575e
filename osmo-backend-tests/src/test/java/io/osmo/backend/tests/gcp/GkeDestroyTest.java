// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.Backend;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.resource.Leftover;
import org.junit.jupiter.api.Test;

/** What is left after a destruction. */
class GkeDestroyTest {
    @Test
    void objects_that_the_cluster_created_are_swept_and_others_stay() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().plantVolume(GkeBackend.REGION, GkeBackend.NAME, "data");
            gke.gcp().plantLoadBalancer(GkeBackend.REGION, GkeBackend.NAME, "default/web");
            gke.gcp().plantEndpointGroup(GkeBackend.REGION, GkeBackend.NAME, "default/web");
            gke.gcp().plantAddress(GkeBackend.REGION, "theirs");
            assertThat(gke.gcp().inventory())
                    .anyMatch(line -> line.startsWith("forwardingRules "))
                    .anyMatch(line -> line.startsWith("targetPools "))
                    .anyMatch(line -> line.startsWith("networkEndpointGroups "))
                    .anyMatch(line -> line.startsWith("firewalls k8s-fw"))
                    .anyMatch(line -> line.startsWith("disks "));

            Backend gone = gke.destroyed();

            assertThat(gke.remains()).containsExactly("addresses us-central1/theirs");
            assertThat(gone.leftovers()).extracting(Leftover::kind).containsOnly("kms-key-version");
        }
    }

    /** What could not be deleted is listed with what it costs. */
    @Test
    void an_object_that_could_not_be_deleted_is_reported() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().plantVolume(GkeBackend.REGION, GkeBackend.NAME, "data");
            gke.gcp().faults().onCall("compute.disks.delete").deny();

            assertThatThrownBy(gke::destroyed)
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("sweep/disks");

            gke.gcp().faults().clear();
            gke.destroyed();
            assertThat(gke.remains()).isEmpty();
        }
    }

    @Test
    void a_cluster_that_is_protected_is_not_destroyed() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.deletionProtection(true)));

            assertThatThrownBy(gke::destroyed)
                    .isInstanceOf(GuardedException.class)
                    .hasMessageContaining("protected against deletion");
            assertThat(gke.gcp().inventory()).anyMatch(line -> line.startsWith("cluster "));

            gke.applied(spec());
            gke.destroyed();
            assertThat(gke.remains()).isEmpty();
        }
    }
}
