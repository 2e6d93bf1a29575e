// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CatalogTest {
    @Test
    void a_size_is_sold_in_the_zones_that_no_restriction_takes_away() throws IOException {
        VmSize size = VmSize.of(new ObjectMapper().readTree("""
                {"name":"Standard_NC24ads_A100_v4","resourceType":"virtualMachines",
                 "locationInfo":[{"zones":["1","2","3"]}],
                 "restrictions":[{"type":"Zone","restrictionInfo":{"zones":["2"]},"reasonCode":"NotAvailableForSubscription"}],
                 "capabilities":[{"name":"vCPUs","value":"24"},{"name":"MemoryGB","value":"220"},
                   {"name":"GPUs","value":"1"},{"name":"EncryptionAtHostSupported","value":"True"}]}"""));

        assertThat(size.zones()).containsExactlyInAnyOrder("1", "3");
        assertThat(size.restriction()).isEmpty();
        assertThat(size.vcpus()).isEqualTo(24);
        assertThat(size.memoryMib()).isEqualTo(220 * 1024);
        assertThat(size.gpus()).isEqualTo(1);
        assertThat(size.hostEncryption()).isTrue();
    }

    /** The documents name the cache disk as what AKS goes by, and leave the other local disks open. */
    @Test
    void an_os_disk_is_on_the_host_if_the_cache_is_larger() throws IOException {
        LocalDisks disks = VmSize.of(new ObjectMapper().readTree("""
                        {"name":"Standard_NC24ads_A100_v4","resourceType":"virtualMachines",
                         "capabilities":[{"name":"EphemeralOSDiskSupported","value":"True"},
                           {"name":"CachedDiskBytes","value":"274877906944"},{"name":"MaxResourceVolumeMB","value":"65536"},
                           {"name":"NvmeDiskSizeInMiB","value":"915527"},
                           {"name":"SupportedEphemeralOSDiskPlacements","value":"ResourceDisk,CacheDisk"}]}""")).localDisks();

        assertThat(disks.osDisk(255)).isEqualTo(OsDisk.EPHEMERAL);
        assertThat(disks.osDisk(256)).isEqualTo(OsDisk.UNKNOWN);
        assertThat(disks.osDisk(257)).as("no placement on NVMe").isEqualTo(OsDisk.MANAGED);
        assertThat(LocalDisks.of(true, 0, 0, 450_000, "NvmeDisk").osDisk(128)).isEqualTo(OsDisk.UNKNOWN);
        assertThat(LocalDisks.of(true, 51_200, 153_600, 0, "").osDisk(100)).isEqualTo(OsDisk.UNKNOWN);
        assertThat(LocalDisks.of(false, 204_800, 0, 0, "").osDisk(100)).isEqualTo(OsDisk.MANAGED);
    }

    @Test
    void versions_go_up_one_minor_at_a_time_and_never_down() {
        assertThat(KubernetesVersion.step("1.33.5", "1.35")).contains("1.34");
        assertThat(KubernetesVersion.step("1.35.1", "1.35")).isEmpty();
        assertThat(KubernetesVersion.step("1.36.0", "1.35")).isEmpty();
        assertThat(KubernetesVersion.minor("1.34.2")).isEqualTo("1.34");
    }

    @Test
    void retired_sizes_are_known_and_their_successors_are_not_taken_for_them() {
        assertThat(RetiredTypes.of("Standard_NC6s_v3")).isPresent();
        assertThat(RetiredTypes.of("Standard_NC24rs_v3")).isPresent();
        assertThat(RetiredTypes.of("Standard_NC24ads_A100_v4")).isEmpty();
        assertThat(RetiredTypes.of("Standard_NC4as_T4_v3")).isEmpty();
        assertThat(RetiredTypes.of("Standard_ND96asr_v4")).isEmpty();
    }
}
