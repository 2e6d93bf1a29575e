// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * Whether a node of a pool could pull an image.
 *
 * @param name pool and image, unique among these facts
 * @param image image reference as requested
 * @param host host of its registry, such as {@code docker.io}
 * @param withCredential whether there was a credential for that host
 * @param refusal the kubelet's error; empty when the image was pulled; unknown when no node tried
 */
public record PullFacts(
        String name, String pool, String image, String host, boolean withCredential, Fact<String> refusal) {
    @Override
    public String toString() {
        return "pool/" + pool + " " + image;
    }
}
