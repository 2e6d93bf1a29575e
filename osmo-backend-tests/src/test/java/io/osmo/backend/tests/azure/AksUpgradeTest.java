// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.CLUSTER_PUT;
import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.POOL_PUT;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.Tier;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.azure.ArmRequest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AKS upgrades one minor version at a time, the control plane before the nodes. */
class AksUpgradeTest {
    private static BackendSpec at(String version) {
        return spec(s -> s.kubernetesVersion(version));
    }

    private static List<String> versions(AksBackend backend) {
        return backend.azure().inventory().stream()
                .filter(line -> line.startsWith("managedClusters ") || line.startsWith("managedClusters/agentPools "))
                .toList();
    }

    private static Stream<Arguments> crashes() {
        return Stream.of(CLUSTER_PUT, POOL_PUT)
                .flatMap(call -> Stream.of(1, 2, 3)
                        .flatMap(n -> Stream.of(true, false).map(before -> Arguments.of(call, n, before))));
    }

    /** Two minor versions are two changes of the control plane and one of each pool, the system pool among them. */
    @ParameterizedTest
    @MethodSource("crashes")
    void an_upgrade_that_was_cut_off_goes_on(String call, int n, boolean before) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(at("1.34"));
            var rule = backend.azure().faults().onCall(call).nth(n);
            if (before) {
                rule.crashBefore();
            } else {
                rule.crashAfter();
            }
            try {
                backend.osmo.apply(backend.osmo.plan(at("1.36")));
                assertThat(call + n).as("there is no such call").isEqualTo(CLUSTER_PUT + 3);
            } catch (VirtualTime.SimulatedCrash crash) {
                assertThat(versions(backend)).isNotEmpty();
            }
            backend.azure().faults().clear();

            try (OsmoBackends next = backend.clouds.open()) {
                next.apply(next.plan(at("1.36")));
                assertThat(next.plan(at("1.36")).changes()).isEmpty();
            }

            assertThat(versions(backend)).hasSize(4).allMatch(line -> line.contains(" 1.36."));
        }
    }

    /** AKS prunes patches that it has offered, so only minor versions are asked for, even where a patch stands. */
    @Test
    void a_patch_that_aks_may_have_pruned_is_never_asked_for() throws IOException {
        try (AksBackend backend = new AksBackend()) {
            assertThatThrownBy(() -> at("1.35.3"))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("Write 1.35; the cloud chooses the patch release.");
            backend.applied(at("1.34"));
            putAgain(backend, CLUSTER_PUT, NAME, "kubernetesVersion");
            putAgain(backend, POOL_PUT, "cpu", "orchestratorVersion");
            backend.azure().forgetCalls();

            backend.applied(spec(s -> s.kubernetesVersion("1.35")
                    .tag("team", "robots")
                    .changePool("cpu", p -> p.scale(1, 5))
                    .settings(AksSettings.builder().upgradeChannel("patch").build())));

            assertThat(backend.azure().calls())
                    .filteredOn(call -> !call.reads())
                    .isNotEmpty()
                    .noneMatch(call -> call.request(ArmRequest.class).body().contains("1.35.3"));
            assertThat(versions(backend))
                    .as("no patch is put on by the way")
                    .anyMatch(line -> line.startsWith("managedClusters " + NAME + " 1.35.3"))
                    .anyMatch(line -> line.startsWith("managedClusters/agentPools cpu") && line.contains(" 1.35.3 "));
        }
    }

    /** Somebody puts what we have put with a patch of the version. */
    private static void putAgain(AksBackend backend, String operation, String name, String field) throws IOException {
        ArmRequest last = backend.requests(operation).stream()
                .filter(request -> request.path().endsWith("/" + name))
                .reduce((a, b) -> b)
                .orElseThrow();
        ObjectNode body = (ObjectNode) new ObjectMapper().readTree(last.body());
        ObjectNode properties = (ObjectNode) body.get("properties");
        properties.remove("agentPoolProfiles");
        properties.put(field, "1.35.3");
        backend.rest().made(last.path(), body.toString());
    }

    /** Issue 11, row 14: a channel, or somebody, has moved the cluster past the pinned version. */
    @Test
    void a_newer_version_than_pinned_is_a_warning_and_everything_else_goes_on() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(at("1.36"));
            assertThat(backend.osmo.plan(at("1.35")).changes()).isEmpty();
            assertThat(backend.osmo.plan(at("1.35")).warnings())
                    .anyMatch(text -> text.contains("runs Kubernetes 1.36, newer than kubernetesVersion 1.35"));

            backend.applied(spec(s -> s.kubernetesVersion("1.35")
                    .changePool("cpu", p -> p.scale(1, 5))
                    .computePool("more", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))));

            assertThat(versions(backend)).hasSize(5).allMatch(line -> line.contains(" 1.36."));
        }
    }

    /** Issue 11, row 12. */
    @Test
    void an_upgrade_together_with_a_removed_pool_converges_in_one_apply() {
        BackendSpec before = spec(s -> s.kubernetesVersion("1.34")
                .computePool("old", p -> p.instanceType("Standard_D8s_v5").scale(1, 3)));
        BackendSpec after = spec(s -> s.kubernetesVersion("1.36")
                .changePool("cpu", p -> p.instanceType("Standard_D16s_v5"))
                .computePool("more", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))
                .tag("team", "robots"));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(before);

            backend.osmo.apply(backend.osmo.plan(after), ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(backend.osmo.plan(after).changes()).isEmpty();
            assertThat(versions(backend)).hasSize(5).allMatch(line -> line.contains(" 1.36."));
        }
    }

    @Test
    void long_term_support_is_for_the_premium_tier() {
        try (AksBackend backend = new AksBackend()) {
            assertThatThrownBy(() -> backend.osmo.plan(at("1.33")))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("settings.tier PREMIUM");

            backend.applied(spec(s -> s.kubernetesVersion("1.33")
                    .settings(AksSettings.builder().tier(Tier.PREMIUM).build())));

            assertThat(versions(backend)).allMatch(line -> line.contains(" 1.33."));
        }
    }
}
