// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

/**
 * The operating system of a node, as its kubelet reports it.
 *
 * @param osImage such as {@code Ubuntu 24.04.3 LTS}
 * @param kernel such as {@code 6.8.0-1041-azure}
 * @param runtime such as {@code containerd://2.2.4}
 */
public record NodeImage(String osImage, String kernel, String runtime) {}
