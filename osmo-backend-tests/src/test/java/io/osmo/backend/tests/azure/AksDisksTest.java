// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Issue 14: AKS puts OS disks on the host where it can; then they cost nothing and count to no quota. */
class AksDisksTest {
    /** Caches of 200 and 50 GiB; the temporary disk of the second has 75. */
    private static final BackendSpec LOCAL = spec(s -> s.computePool(
                    "cache",
                    p -> p.instanceType("Standard_D8ds_v5").diskGib(128).scale(1, 2))
            .computePool(
                    "temp", p -> p.instanceType("Standard_D2ds_v5").diskGib(64).scale(1, 2)));

    private static List<String> disks(AksBackend backend, String pool) {
        return backend.osmo.estimate(LOCAL).details().stream()
                .filter(line -> line.contains("pool " + pool) && line.contains("disk"))
                .toList();
    }

    private static List<PreflightFinding> findings(AksBackend backend, String check, String word) {
        return backend.osmo.preflight(LOCAL).findings().stream()
                .filter(finding ->
                        finding.check().equals(check) && finding.message().contains(word))
                .toList();
    }

    @Test
    void an_os_disk_costs_what_aks_makes_of_it_and_what_is_not_documented_is_said_to_be() {
        try (AksBackend backend = new AksBackend()) {
            assertThat(disks(backend, "cpu")).singleElement().asString().doesNotContain("ephemeral");
            assertThat(disks(backend, "cache")).isEmpty();
            assertThat(disks(backend, "temp")).singleElement().asString().contains("which is not documented");
            assertThat(findings(backend, "preflight.instance-types", "OS disk"))
                    .extracting(PreflightFinding::message)
                    .anyMatch(text -> text.startsWith("pool cpu") && text.endsWith("is a managed disk"))
                    .anyMatch(text -> text.startsWith("pool cache") && text.endsWith("128 GiB is ephemeral"))
                    .anyMatch(text -> text.startsWith("pool temp") && text.contains("UNKNOWN until AKS"));

            backend.applied(LOCAL);

            assertThat(disks(backend, "temp")).as("AKS tells it of the pool").isEmpty();
        }
    }

    @Test
    void disks_that_are_not_on_the_host_count_to_the_quota() {
        // Five of the system pool, three of the operator pool, two each of the pools cpu and temp.
        try (AksBackend backend = new AksBackend(azure -> azure.quota("PremiumDiskCount", 12))) {
            assertThat(findings(backend, "preflight.quota", "")).allMatch(finding -> finding.status() == Status.PASS);
        }
        try (AksBackend backend = new AksBackend(azure -> azure.quota("PremiumDiskCount", 11))) {
            assertThat(findings(backend, "preflight.quota", "premium managed disks"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.status()).isEqualTo(Status.FAIL);
                        assertThat(finding.message()).contains("12 needed").doesNotContain("pool cache");
                    });
        }
    }

    @Test
    void a_disk_that_aks_gives_no_node_is_refused() {
        try (AksBackend backend = new AksBackend()) {
            assertThatThrownBy(() -> backend.osmo.plan(spec(s -> s.changePool("cpu", p -> p.diskGib(2049)))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("at most 2048 GiB");
            assertThat(backend.azure().calls()).isEmpty();
        }
    }
}
