// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest image of the nodes of each agent pool, for the version of Kubernetes that it runs; an attachment of the inventory.
 *
 * @param all by the name of the agent pool; without those of which AKS tells none
 */
record NewestImages(Map<String, Image> all) {
    NewestImages {
        all = Map.copyOf(all);
    }

    /**
     * The images of one agent pool.
     *
     * @param present that its nodes have
     */
    record Image(String present, String newest) {}

    static Optional<String> of(String agentPool, Inventory inventory) {
        return inventory
                .attachment(NewestImages.class)
                .flatMap(images -> Optional.ofNullable(images.all.get(agentPool)))
                .map(Image::newest);
    }

    static List<String> warnings(Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        inventory
                .attachment(NewestImages.class)
                .ifPresent(images -> new TreeMap<>(images.all).forEach((pool, image) -> {
                    if (!image.present().isEmpty() && !image.present().equals(image.newest())) {
                        warnings.add("agent pool " + pool + ": nodes keep image " + image.present() + ", the newest is "
                                + image.newest() + "; nodeImages: latest rolls them to it");
                    }
                }));
        return warnings;
    }
}
