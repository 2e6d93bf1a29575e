// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The local storage of a VM size that can hold an OS disk, in MiB. By default, AKS makes the OS disk ephemeral if the size supports that
 * and has a cache disk larger than the requested OS disk. The documentation does not say whether this also applies if only the temporary or
 * the NVMe disk is large enough, or if the cache has exactly the requested size.
 *
 * @param supported whether the size supports ephemeral OS disks
 * @param placements where it supports them; empty if Azure does not say
 * @see <a href="https://learn.microsoft.com/rest/api/aks/agent-pools/create-or-update#osdisktype">AKS: OSDiskType</a>
 * @see <a href="https://learn.microsoft.com/azure/aks/concepts-storage#ephemeral-os-disk">AKS: ephemeral OS disks</a>
 */
public record LocalDisks(boolean supported, long cache, long temporary, long nvme, Set<String> placements) {
    private static final long MIB_PER_GIB = 1024;

    public LocalDisks {
        placements = Set.copyOf(placements);
    }

    /** @param placements such as {@code ResourceDisk,CacheDisk} */
    static LocalDisks of(boolean supported, long cache, long temporary, long nvme, String placements) {
        return new LocalDisks(
                supported,
                cache,
                temporary,
                nvme,
                Arrays.stream(placements.split(",", -1))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.toSet()));
    }

    /** The kind of OS disk that AKS chooses for this size. */
    public OsDisk osDisk(int gib) {
        long asked = gib * MIB_PER_GIB;
        if (!supported) {
            return OsDisk.MANAGED;
        }
        if (takes("CacheDisk") && cache > asked) {
            return OsDisk.EPHEMERAL;
        }
        boolean fitsElsewhere = takes("CacheDisk") && cache == asked
                || takes("ResourceDisk") && temporary >= asked
                || placements.contains("NvmeDisk") && nvme >= asked;
        return fitsElsewhere ? OsDisk.UNKNOWN : OsDisk.MANAGED;
    }

    private boolean takes(String placement) {
        return placements.isEmpty() || placements.contains(placement);
    }
}
