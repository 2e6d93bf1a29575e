// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GPU;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.testkit.azure.ArmRequest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What AKS would refuse is told before anything is made, all of it at once. */
class AksRulesTest {
    @Test
    void everything_that_aks_refuses_is_told_at_once_with_its_path() {
        try (AksBackend backend = new AksBackend()) {
            assertThatThrownBy(() -> backend.osmo.plan(spec(s -> s.computePool(
                                    "v100",
                                    p -> p.instanceType("Standard_NC6s_v3")
                                            .scale(1, 1001)
                                            .reservation("h100"))
                            .admin("alice")
                            .settings(AksSettings.builder()
                                    .systemNodes(1)
                                    .vaultRetentionDays(91)
                                    .upgradeChannel("weekly")
                                    .endpoint(URI.create("http://management.local"))
                                    .adminGroups("bob")
                                    .subscription("Research")
                                    .build()))))
                    .isInstanceOfSatisfying(
                            InvalidSpecException.class,
                            e -> assertThat(e.violations())
                                    .extracting(Violation::path)
                                    .containsExactlyInAnyOrder(
                                            "settings.systemNodes",
                                            "settings.vaultRetentionDays",
                                            "settings.upgradeChannel",
                                            "settings.endpoint",
                                            "admins[0]",
                                            "settings.adminGroups[0]",
                                            "settings.subscription",
                                            "computePools[1].instanceTypes[0]",
                                            "computePools[1].scale.max",
                                            "computePools[1].reservation"));
            assertThat(backend.azure().calls()).isEmpty();
        }
    }

    /** Issue 12, A1. */
    @Test
    void tags_and_labels_that_azure_forbids_are_told_at_once_with_their_paths() {
        try (AksBackend backend = new AksBackend()) {
            assertThatThrownBy(() -> backend.osmo.plan(spec(s -> s.tag("cost%", "1")
                            .tag("a/b", "1")
                            .tag("Windows-share", "1")
                            .tag("Owner", "ann")
                            .tag("owner", "bob")
                            .changePool(
                                    "cpu",
                                    p -> p.label("kubernetes.azure.com/mode", "x")
                                            .taint("kubernetes.azure.com/x", "y", Taint.Effect.NO_SCHEDULE)))))
                    .isInstanceOfSatisfying(
                            InvalidSpecException.class,
                            e -> assertThat(e.violations())
                                    .extracting(Violation::path)
                                    .containsExactlyInAnyOrder(
                                            "tags[\"cost%\"]",
                                            "tags[\"a/b\"]",
                                            "tags.Windows-share",
                                            "tags.owner",
                                            "computePools[0].labels",
                                            "computePools[0].taints"))
                    .hasMessageContaining("keys Owner and owner");
            assertThatThrownBy(() -> backend.osmo.plan(spec(s -> tagged(s, 31))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("at most 30 as Azure tags");
            assertThat(backend.azure().calls()).isEmpty();
        }
    }

    private static BackendSpecBuilder tagged(BackendSpecBuilder spec, int count) {
        for (int i = 0; i < count; i++) {
            spec.tag("t" + i, "Value / with % & <everything>");
        }
        return spec;
    }

    @Test
    void as_many_tags_as_are_allowed_fit_on_everything_and_their_case_is_no_difference() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec(s -> tagged(s, 30)));
            assertThat(backend.osmo
                            .plan(spec(s -> {
                                tagged(s, 29);
                                return s.tag("T29", "Value / with % & <everything>");
                            }))
                            .changes())
                    .isEmpty();
        }
    }

    @Test
    void gpus_in_a_cpu_pool_are_told_as_such() {
        try (AksBackend backend = new AksBackend()) {
            assertThatThrownBy(() -> backend.osmo.plan(spec(
                            s -> s.changePool("cpu", p -> p.instanceType(GPU).zones("9")))))
                    .isInstanceOfSatisfying(
                            InvalidSpecException.class,
                            e -> assertThat(e.violations()).singleElement().satisfies(violation -> {
                                assertThat(violation.path()).isEqualTo("computePools[0].instanceTypes[0]");
                                assertThat(violation.allowed()).contains("without GPUs; this one has 1");
                            }));
        }
    }

    @Test
    void a_gateway_for_each_zone_is_warned_of_since_azure_has_one_for_a_subnet() {
        try (AksBackend backend = new AksBackend()) {
            assertThat(backend.osmo
                            .plan(spec(s -> s.network(n -> n.egress(Network.Egress.NAT_PER_ZONE))))
                            .warnings())
                    .singleElement()
                    .asString()
                    .contains("network.egress", "one NAT gateway", "no node reaches the internet");
            assertThat(backend.osmo
                            .plan(spec(s -> s.network(n -> n.egress(Network.Egress.SINGLE_NAT))))
                            .warnings())
                    .isEmpty();
        }
    }

    @Test
    void a_pool_of_several_sizes_is_warned_of_since_an_agent_pool_has_one() {
        try (AksBackend backend = new AksBackend()) {
            assertThat(backend.osmo
                            .plan(spec(s -> s.computePool(
                                    "more",
                                    p -> p.instanceTypes("Standard_D8s_v5", "Standard_D16s_v5")
                                            .scale(1, 2))))
                            .warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("pool more", "only Standard_D8s_v5"));
        }
    }

    /** What could not be read is unknown, never passed. */
    @Test
    void versions_that_aks_does_not_tell_are_unknown_to_preflight() {
        try (AksBackend backend = new AksBackend(azure -> azure.unregistered("Microsoft.ContainerService"))) {
            assertThat(backend.osmo.preflight(spec()).findings())
                    .filteredOn(f -> f.check().equals("preflight.version"))
                    .singleElement()
                    .extracting(PreflightFinding::status)
                    .isEqualTo(Status.UNKNOWN);
        }
    }

    private static List<PreflightFinding> quotas(AksBackend backend, BackendSpec spec) {
        return backend.osmo.preflight(spec).findings().stream()
                .filter(f -> f.check().equals("preflight.quota"))
                .toList();
    }

    @Test
    void quotas_are_counted_in_virtual_cpus_of_what_is_still_to_come() {
        BackendSpec spec = spec(s -> s.gpuPool("gpu", p -> p.instanceType(GPU).scale(1, 4)));
        try (AksBackend backend = new AksBackend()) {
            assertThat(quotas(backend, spec))
                    .singleElement()
                    .extracting(PreflightFinding::status)
                    .isEqualTo(Status.PASS);
        }
        try (AksBackend backend = new AksBackend(azure -> azure.quota("StandardNCADSA100v4Family", 48))) {
            assertThat(quotas(backend, spec)).singleElement().satisfies(f -> {
                assertThat(f.status()).isEqualTo(Status.FAIL);
                assertThat(f.message()).contains("48 of 48 vCPUs", "left", "96 needed: pool gpu (96)");
                assertThat(f.remedy()).contains("Ask for 96");
            });
            // What stands is used already, and is not asked for twice.
            backend.applied(spec);
            assertThat(quotas(backend, spec))
                    .singleElement()
                    .satisfies(f -> assertThat(f.message()).contains("24 of 48 vCPUs", "72 needed"));
        }
        try (AksBackend backend = new AksBackend(azure -> azure.quota("StandardNCADSA100v4Family", 0))) {
            assertThat(quotas(backend, spec))
                    .singleElement()
                    .extracting(PreflightFinding::status)
                    .isEqualTo(Status.FAIL);
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spec)))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("InsufficientVCPUQuota");
        }
    }

    @Test
    void spot_machines_have_a_quota_of_their_own() {
        BackendSpec spec =
                spec(s -> s.gpuPool("gpu", p -> p.instanceType(GPU).scale(0, 4).spot(true)));
        try (AksBackend backend = new AksBackend(
                azure -> azure.quota("StandardNCADSA100v4Family", 0).quota("lowPriorityCores", 24))) {
            assertThat(quotas(backend, spec)).singleElement().satisfies(f -> {
                assertThat(f.status()).isEqualTo(Status.FAIL);
                assertThat(f.message()).contains("24 of 24 vCPUs of spot machines left");
            });
        }
    }

    @Test
    void quotas_that_may_not_be_read_are_unknown() {
        try (AksBackend backend = new AksBackend()) {
            backend.azure()
                    .faults()
                    .onCalls(call -> call.request(ArmRequest.class).path().endsWith("/usages"))
                    .deny();

            assertThat(quotas(backend, spec()))
                    .as("one for each list")
                    .hasSize(2)
                    .extracting(PreflightFinding::status)
                    .containsOnly(Status.UNKNOWN);
        }
    }
}
