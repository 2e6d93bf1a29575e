// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Versions of Kubernetes: AKS takes {@code major.minor} and picks the patch, which it prunes after a while. */
public final class KubernetesVersion {
    /** Orders minor versions, the newest first. */
    public static final Comparator<String> NEWEST_FIRST =
            Comparator.comparingInt(KubernetesVersion::number).reversed();

    private KubernetesVersion() {}

    /** {@code 1.34} of {@code 1.34.2}. */
    public static String minor(String version) {
        List<String> parts = List.of(version.split("\\.", -1));
        return parts.size() < 2 ? version : parts.get(0) + "." + parts.get(1);
    }

    /** Leaves of a version in an object its minor version. */
    public static void dropPatch(ObjectNode object, String field) {
        if (object.path(field).isTextual()) {
            object.put(field, minor(object.path(field).asText()));
        }
    }

    /** The minor version as one number, {@code 34} of {@code 1.34.2}; −1 when it is none. */
    public static int number(String version) {
        String[] parts = version.split("\\.", -1);
        try {
            return parts.length < 2 ? -1 : Integer.parseInt(parts[1]);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    /** The next minor version on the way: AKS upgrades one at a time. Empty when it would be a downgrade. */
    public static Optional<String> step(String from, String to) {
        int is = number(from);
        int shall = number(to);
        return is < shall ? Optional.of("1." + (is + 1)) : Optional.empty();
    }
}
