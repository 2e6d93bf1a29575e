// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the region offers to this subscription; an attachment of inventories in which something is still to be made.
 *
 * @param versions minor versions of Kubernetes that are generally available, the newest first
 * @param longTermOnly minor versions that only clusters of the premium tier get
 * @param sizes VM sizes by name
 * @param registered resource providers and features that are registered, such as {@code Microsoft.Compute} and
 *     {@code Microsoft.Compute/EncryptionAtHost}
 */
public record Offers(
        List<String> versions, List<String> longTermOnly, Map<String, VmSize> sizes, List<String> registered) {
    public Offers {
        versions = List.copyOf(versions);
        longTermOnly = List.copyOf(longTermOnly);
        sizes = Map.copyOf(sizes);
        registered = List.copyOf(registered);
    }

    public Optional<VmSize> size(String name) {
        return sizes.values().stream()
                .filter(size -> size.name().equalsIgnoreCase(name))
                .findFirst();
    }

    public boolean isRegistered(String name) {
        return registered.stream().anyMatch(name::equalsIgnoreCase);
    }
}
