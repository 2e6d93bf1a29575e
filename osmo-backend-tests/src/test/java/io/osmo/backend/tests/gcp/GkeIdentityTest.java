// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.NAME;
import static io.osmo.backend.tests.gcp.GkeBackend.REGION;
import static io.osmo.backend.tests.gcp.GkeBackend.named;
import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import io.osmo.backend.tests.identity.OtherAccount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A backend is its project, region and name: neighbors that share some of these are never taken for ours. */
class GkeIdentityTest {
    private static final String ZONE = "us-central1-a";
    private static final String OTHER_REGION = "us-east1";

    /** What controllers in a cluster make. */
    private static void work(GkeBackend gke, String location, String name) {
        gke.gcp().plantVolume(location, name, "data");
        gke.gcp().plantLoadBalancer(location, name, "default/web");
        gke.gcp().plantEndpointGroup(location, name, "default/web");
    }

    /** The inventory without what Google never deletes of a backend. */
    private static List<String> inventory(GkeBackend gke, BackendSpec without) {
        String key = "osmo-" + without.name() + "-" + without.region();
        List<String> lines = new ArrayList<>(gke.gcp().inventory());
        lines.removeIf(line -> line.startsWith("key") && line.contains("/" + key)
                || line.equals("key-ring " + without.region() + "/keyRings/osmo-backend"));
        return lines;
    }

    @Test
    void the_same_name_in_two_regions_is_two_backends() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec theirs = named(NAME, OTHER_REGION);
            gke.applied(theirs);
            work(gke, OTHER_REGION, NAME);
            List<String> before = inventory(gke, spec());

            gke.applied(spec());
            work(gke, REGION, NAME);
            assertThat(gke.osmo.list("gcp", REGION)).containsExactly(spec().ref());
            assertThat(gke.osmo.list("gcp", OTHER_REGION)).containsExactly(theirs.ref());
            gke.destroyed();

            assertThat(inventory(gke, spec())).isEqualTo(before);
            assertThat(gke.osmo.plan(theirs).changes()).isEmpty();
        }
    }

    @Test
    void a_name_that_begins_like_another_is_another_backend() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec shorter = named("train", REGION);
            gke.applied(spec());
            work(gke, REGION, NAME);
            List<String> before = inventory(gke, shorter);

            gke.applied(shorter);
            work(gke, REGION, "train");
            gke.osmo.apply(gke.osmo.planDestroy(shorter.ref()));

            assertThat(inventory(gke, shorter)).isEqualTo(before);
            assertThat(gke.osmo.plan(spec()).changes()).isEmpty();
        }
    }

    @Test
    void names_that_are_too_long_together_with_their_region_stay_apart() {
        String start = "a-team-with-a-very-long-name-for-clu";
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec one = named(start + "1", "us-central1");
            BackendSpec two = named(start + "2", "us-central1");
            gke.applied(one);
            List<String> before = inventory(gke, two);

            gke.applied(two);
            gke.osmo.apply(gke.osmo.planDestroy(two.ref()));

            assertThat(inventory(gke, two)).isEqualTo(before);
        }
    }

    /** A region and each of its zones may have a cluster of the same name. */
    @Test
    void a_zonal_cluster_of_our_name_is_not_ours() {
        try (GkeBackend gke = new GkeBackend()) {
            Neighbor neighbor = new Neighbor(gke);
            neighbor.network("theirs");
            neighbor.subnet("theirs", "theirs", "10.80.0.0/20");
            neighbor.cluster(ZONE, NAME, "theirs", "theirs");
            work(gke, ZONE, NAME);
            List<String> before = inventory(gke, spec());

            assertThat(gke.osmo.planDestroy(spec().ref()).changes()).isEmpty();
            gke.applied(spec());
            work(gke, REGION, NAME);
            assertThat(gke.osmo.list("gcp", REGION)).containsExactly(spec().ref());
            gke.destroyed();

            assertThat(inventory(gke, spec())).isEqualTo(before);
            assertThat(gke.osmo.planDestroy(spec().ref()).changes()).isEmpty();
        }
    }

    @Test
    void a_zonal_cluster_that_came_later_does_not_hide_ours() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            Neighbor neighbor = new Neighbor(gke);
            neighbor.network("theirs");
            neighbor.subnet("theirs", "theirs", "10.80.0.0/20");
            neighbor.cluster(ZONE, NAME, "theirs", "theirs");
            gke.gcp().plantVolume(ZONE, NAME, "theirs");

            assertThat(gke.osmo.plan(spec()).changes()).isEmpty();
            gke.destroyed();

            assertThat(gke.remains())
                    .anyMatch(line -> line.startsWith("cluster " + ZONE + "/clusters/" + NAME))
                    .anyMatch(line -> line.startsWith("disks "))
                    .noneMatch(line -> line.startsWith("cluster " + REGION + "/"))
                    .noneMatch(line -> !line.startsWith("key") && line.contains("osmo-" + NAME));
        }
    }

    @Test
    void a_cluster_of_our_name_where_ours_would_be_is_a_conflict() {
        try (GkeBackend gke = new GkeBackend()) {
            Neighbor neighbor = new Neighbor(gke);
            neighbor.network("theirs");
            neighbor.subnet("theirs", "theirs", "10.80.0.0/20");
            neighbor.cluster(ZONE, NAME, "theirs", "theirs");
            List<String> before = gke.gcp().inventory();

            assertThatThrownBy(() -> gke.osmo.plan(
                            spec(s -> s.profile(Profile.DEVELOPMENT).network(n -> n.zones(ZONE)))))
                    .isInstanceOf(OwnershipConflictException.class)
                    .hasMessageContaining("gke-cluster/main");

            assertThat(gke.gcp().inventory()).isEqualTo(before);
        }
    }

    @Test
    void a_key_ring_that_another_backend_creates_at_the_same_moment_is_used() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(named("other", REGION));
            // As it was before the other one created the ring.
            gke.gcp().faults().onCall("cloudkms.CreateCryptoKey").nth(1).refuse(404, "NOT_FOUND", "no such key ring");

            gke.applied(spec());

            assertThat(gke.osmo.plan(spec()).isEmpty()).isTrue();
        }
    }

    /** The entry point's own project has no such backend. */
    @Test
    void a_backend_in_another_project_is_found_by_its_spec() {
        BackendSpec there =
                spec(s -> s.settings(GkeSettings.builder().project("theirs").build()));
        VirtualTime time = VirtualTime.create();
        try (EmulatedGcp own = EmulatedGcp.on(time);
                EmulatedGcp theirs = EmulatedGcp.builder(time).project("theirs").build();
                OsmoBackends osmo = OsmoBackends.builder()
                        .scheduler(time)
                        .provider(new GcpProvider(
                                (region, settings) -> settings.project().isPresent()
                                        ? theirs.open(region, settings)
                                        : own.open(region, settings)))
                        .build()) {
            OtherAccount.foundBySpec(osmo, there, "osmo-emulated", "theirs");

            assertThat(theirs.inventory()).allMatch(line -> line.startsWith("key"));
        }
    }
}
