// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The newest image of the nodes of each agent pool, for the version of Kubernetes that it runs; an attachment of the inventory.
 *
 * @param all by the name of the agent pool; without pools for which AKS returns no image
 */
public record NewestImages(Map<String, Image> all) {
    public NewestImages {
        all = Map.copyOf(all);
    }

    /**
     * The images of one agent pool.
     *
     * @param present that its nodes have
     */
    public record Image(String present, String newest) {}

    /** Asks AKS for the newest image of the nodes of one agent pool. Empty when it names none, as for a pool without nodes yet. */
    public static CompletableFuture<Optional<String>> newest(AzureContext context, ArmObject pool) {
        return context.async(() -> context.arm()
                .get(ArmType.POOL_UPGRADES, pool.id() + "/upgradeProfiles/default")
                .flatMap(profile -> profile.find("/properties/latestNodeImageVersion")));
    }

    public static Optional<String> of(String agentPool, Inventory inventory) {
        return inventory
                .attachment(NewestImages.class)
                .flatMap(images -> Optional.ofNullable(images.all.get(agentPool)))
                .map(Image::newest);
    }

    /** Whether an image is a newer release of the one that nodes have; not when it is one for another version or system. */
    public static boolean replaces(String newest, String present) {
        return line(newest).equals(line(present)) && newest.compareTo(present) > 0;
    }

    /** {@code AKSUbuntu-2204gen2containerd} of {@code AKSUbuntu-2204gen2containerd-202607.09.0}. */
    private static String line(String image) {
        return image.substring(0, Math.max(0, image.lastIndexOf('-')));
    }

    public static List<String> warnings(Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        inventory
                .attachment(NewestImages.class)
                .ifPresent(images -> new TreeMap<>(images.all).forEach((pool, image) -> {
                    if (replaces(image.newest(), image.present())) {
                        warnings.add("agent pool " + pool + ": nodes keep image " + image.present() + ", the newest is "
                                + image.newest() + "; nodeImages: latest rolls them to it");
                    }
                }));
        return warnings;
    }
}
