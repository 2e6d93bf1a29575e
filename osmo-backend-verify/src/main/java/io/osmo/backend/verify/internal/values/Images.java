// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

/** References of container images. */
public final class Images {
    private Images() {}

    /** The registry of an image, such as {@code docker.io}, by the same rule as container tools. */
    public static String registryOf(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : "docker.io";
    }
}
