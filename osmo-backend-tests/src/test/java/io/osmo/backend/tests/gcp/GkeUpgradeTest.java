// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.NAME;
import static io.osmo.backend.tests.gcp.GkeBackend.REGION;
import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.container.v1.MaintenancePolicy;
import com.google.container.v1.MaintenanceWindow;
import com.google.container.v1.SetMaintenancePolicyRequest;
import com.google.container.v1.TimeWindow;
import com.google.container.v1.UpdateClusterRequest;
import com.google.container.v1.UpdateNodePoolRequest;
import com.google.protobuf.Timestamp;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.ReleaseChannel;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions of control plane and nodes, and the release channel that offers them. */
class GkeUpgradeTest {
    private static final String ZONE = "us-central1-a";
    private static final String G2 = "g2-standard-4";

    private static BackendSpec at(String version) {
        return spec(s -> s.kubernetesVersion(version));
    }

    /** What was upgraded, in order, such as {@code master 1.34} and {@code cpu 1.34}. */
    private static List<String> upgrades(GkeBackend gke) {
        List<String> upgrades = new ArrayList<>();
        gke.gcp().calls().forEach(call -> {
            if (call.request() instanceof UpdateClusterRequest request) {
                String version = request.getUpdate().getDesiredMasterVersion();
                if (!version.isEmpty()) {
                    upgrades.add("master " + minor(version));
                }
            } else if (call.request() instanceof UpdateNodePoolRequest request) {
                String name = request.getName();
                upgrades.add(name.substring(name.lastIndexOf('/') + 1) + " " + minor(request.getNodeVersion()));
            }
        });
        return upgrades;
    }

    private static String minor(String version) {
        return version.substring(0, version.indexOf('.', 2));
    }

    private static List<String> versions(GkeBackend gke) {
        return gke.gcp().inventory().stream()
                .filter(line -> line.startsWith("cluster ") || line.startsWith("node-pool "))
                .map(line -> line.split(" ")[1].replaceFirst(".*/", "") + " " + minor(line.split(" ")[2]))
                .toList();
    }

    @Test
    void an_upgrade_goes_one_minor_version_at_a_time_control_plane_first() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(at("1.33"));

            gke.applied(at("1.35"));

            assertThat(versions(gke)).containsExactlyInAnyOrder("train-west 1.35", "cpu 1.35", "operator 1.35");
            List<String> upgrades = upgrades(gke);
            assertThat(upgrades).filteredOn(u -> u.startsWith("master")).containsExactly("master 1.34", "master 1.35");
            assertThat(upgrades)
                    .filteredOn(u -> !u.startsWith("master"))
                    .containsExactlyInAnyOrder("cpu 1.35", "operator 1.35");
            assertThat(upgrades.get(0)).isEqualTo("master 1.34");
        }
    }

    @Test
    void an_upgrade_resumes_after_a_crash() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(at("1.33"));
            gke.gcp().faults().onCall("container.UpdateCluster").nth(2).crashAfter();
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(at("1.35")))).isInstanceOf(SimulatedCrash.class);
            gke.gcp().faults().clear();

            try (OsmoBackends next = gke.clouds.open()) {
                next.apply(next.plan(at("1.35")));
                assertThat(next.plan(at("1.35")).changes()).isEmpty();
            }

            assertThat(versions(gke)).containsExactlyInAnyOrder("train-west 1.35", "cpu 1.35", "operator 1.35");
            assertThat(upgrades(gke))
                    .filteredOn(u -> u.startsWith("master"))
                    .containsExactly("master 1.34", "master 1.35");
        }
    }

    /** A cluster that is newer than its spec says stays as it is, and everything else of the spec is applied. */
    @Test
    void a_cluster_is_never_downgraded() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(at("1.35"));

            Plan plan = gke.osmo.plan(at("1.34"));

            assertThat(plan.changes()).isEmpty();
            assertThat(plan.warnings()).anySatisfy(text -> assertThat(text).contains("GKE cannot downgrade it"));
        }
    }

    @Test
    void a_version_that_the_channel_does_not_offer_is_refused_before_anything_is_made() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThatThrownBy(() -> gke.osmo.plan(at("1.30")))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("kubernetesVersion");
            assertThatThrownBy(() -> gke.osmo.plan(spec(s -> s.kubernetesVersion("1.33")
                            .settings(GkeSettings.builder()
                                    .releaseChannel(ReleaseChannel.RAPID)
                                    .build()))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("1.34");
            assertThat(gke.gcp().inventory()).isEmpty();
        }
    }

    @Test
    void newer_images_are_a_warning_and_roll_on_request() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            List<String> before = gke.nodes("cpu");
            gke.gcp().upgradeControlPlane(REGION, NAME, "1.35.8-gke.1999000");

            Plan keep = gke.osmo.plan(spec());
            assertThat(keep.changes()).isEmpty();
            assertThat(keep.warnings())
                    .anySatisfy(text -> assertThat(text).contains("cpu").contains("1.35.8-gke.1999000"));

            BackendSpec latest = spec(s -> s.nodeImages(NodeImages.LATEST));
            Plan plan = gke.osmo.plan(latest);
            GkeBackend.assertDisruption(plan, "node-pool/cpu", Disruption.ROLLING);
            gke.osmo.apply(plan);

            assertThat(gke.osmo.plan(latest).changes()).isEmpty();
            assertThat(gke.osmo.plan(latest).warnings()).noneMatch(text -> text.contains("image"));
            assertThat(gke.pool("cpu").getVersion()).isEqualTo("1.35.8-gke.1999000");
            assertThat(gke.nodes("cpu")).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void a_cluster_that_is_newer_than_its_pin_is_still_managed() {
        try (GkeBackend gke = new GkeBackend()) {
            BackendSpec pinned = spec(s -> s.kubernetesVersion("1.34"));
            gke.applied(pinned);
            gke.gcp().upgradeControlPlane(REGION, NAME, "1.35.8-gke.1215000");
            BackendSpec wider = spec(s -> s.kubernetesVersion("1.34").changePool("cpu", p -> p.scale(1, 5)));

            assertThat(gke.osmo.plan(pinned).changes()).isEmpty();
            Plan plan = gke.osmo.plan(wider);
            assertThat(plan.warnings())
                    .anySatisfy(text -> assertThat(text).contains("newer than kubernetesVersion 1.34"));
            gke.osmo.apply(plan);

            assertThat(gke.pool("cpu").getAutoscaling().getTotalMaxNodeCount()).isEqualTo(5);
            gke.applied(spec(s -> s.kubernetesVersion("1.34")
                    .changePool("cpu", p -> p.scale(1, 5))
                    .computePool("more", p -> p.instanceType("n2-standard-8").scale(1, 2))));
        }
    }

    @Test
    void an_upgrade_with_other_changes_converges_in_one_apply() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.kubernetesVersion("1.33")
                    .computePool("old", p -> p.instanceType("n2-standard-8").scale(1, 2))
                    .gpuPool("gpu", p -> p.instanceType(G2).scale(1, 3).zones(ZONE))));
            BackendSpec spec = spec(s -> s.kubernetesVersion("1.35")
                    .tag("team", "robots")
                    .changePool("cpu", p -> p.instanceTypes("n2-standard-16").diskGib(300))
                    .gpuPool(
                            "gpu",
                            p -> p.instanceType("g2-standard-8").scale(1, 3).zones(ZONE))
                    .computePool("new", p -> p.instanceType("n2-standard-8").scale(1, 2)));

            gke.osmo.apply(gke.osmo.plan(spec), ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(gke.osmo.plan(spec).changes()).isEmpty();
            assertThat(gke.poolNames()).containsExactly("cpu", "gpu-gen2", "new", "operator");
        }
    }

    @Test
    void another_channel_and_a_version_that_only_it_offers_converge_in_one_apply() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.kubernetesVersion("1.34")
                    .settings(GkeSettings.builder()
                            .releaseChannel(ReleaseChannel.STABLE)
                            .build())));

            gke.applied(spec(s -> s.kubernetesVersion("1.36")
                    .settings(GkeSettings.builder()
                            .releaseChannel(ReleaseChannel.RAPID)
                            .build())));
        }
    }

    @Test
    void the_end_of_support_is_told_before_it_comes() {
        BackendSpec spec = spec(s -> s.kubernetesVersion("1.35"));
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec);
            assertThat(gke.osmo.plan(spec).warnings()).noneMatch(text -> text.contains("standard support"));
            assertThat(version(gke, spec)).isEqualTo(PreflightFinding.Status.PASS);

            gke.clouds.time().advance(Duration.ofDays(90));

            assertThat(gke.osmo.plan(spec).warnings())
                    .contains("Kubernetes 1.35 of the cluster has standard support until 2027-04-11: upgrade it before"
                            + " GKE does");
            assertThat(version(gke, spec)).isEqualTo(PreflightFinding.Status.WARN);
        }
    }

    private static PreflightFinding.Status version(GkeBackend gke, BackendSpec spec) {
        return gke.osmo.preflight(spec).findings().stream()
                .filter(finding -> finding.check().equals("preflight.version"))
                .map(PreflightFinding::status)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void extended_support_is_told_with_its_end() {
        BackendSpec spec = spec(s -> s.kubernetesVersion("1.32")
                .settings(GkeSettings.builder()
                        .releaseChannel(ReleaseChannel.EXTENDED)
                        .build()));
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec);

            assertThat(gke.osmo.plan(spec).warnings())
                    .contains(
                            "Kubernetes 1.32 of the cluster has been out of standard support since 2026-04-11; extended"
                                    + " support, at extra cost, lasts until 2027-02-11");
        }
    }

    @Test
    void paused_upgrades_and_old_nodes_are_told() {
        BackendSpec spec = spec(s -> s.kubernetesVersion("1.33"));
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec);
            gke.gcp().upgradeControlPlane(GkeBackend.REGION, GkeBackend.NAME, "1.34.9-gke.1600000");
            Instant now = gke.clouds.time().now();
            var unused = gke.clients
                    .clusters()
                    .setMaintenancePolicy(SetMaintenancePolicyRequest.newBuilder()
                            .setName(gke.path())
                            .setProjectId(gke.clients.project())
                            .setZone(GkeBackend.REGION)
                            .setClusterId(GkeBackend.NAME)
                            .setMaintenancePolicy(MaintenancePolicy.newBuilder()
                                    .setWindow(MaintenanceWindow.newBuilder()
                                            .putMaintenanceExclusions(
                                                    "freeze",
                                                    TimeWindow.newBuilder()
                                                            .setStartTime(at(now))
                                                            .setEndTime(at(now.plus(Duration.ofDays(300))))
                                                            .build())))
                            .build());
            gke.clouds.time().advance(Duration.ofMinutes(10));

            assertThat(gke.osmo.plan(spec).warnings())
                    .contains("GKE does not upgrade the cluster by itself: MAINTENANCE_EXCLUSION_NO_UPGRADES")
                    .contains(
                            "Kubernetes 1.33 of node pool cpu has been out of standard support since 2026-08-03: upgrade it"
                                    + " before GKE does");
        }
    }

    private static Timestamp at(Instant time) {
        return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
    }

    /** Google Cloud may not tell it, which is no reason not to change a backend. */
    @Test
    void a_plan_needs_no_dates_of_support() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().faults().onCall("container.FetchClusterUpgradeInfo").refuse(403, "PERMISSION_DENIED", "no");

            assertThat(gke.osmo.plan(spec()).changes()).isEmpty();
            assertThat(version(gke, spec())).isEqualTo(PreflightFinding.Status.PASS);
        }
    }
}
