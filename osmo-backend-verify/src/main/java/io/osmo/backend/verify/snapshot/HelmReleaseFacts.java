// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * A Helm release, by the labels of its Secret; its values are not read.
 *
 * @param revision how often it was installed, upgraded or rolled back
 * @param status such as {@code deployed} or {@code pending-upgrade}
 */
public record HelmReleaseFacts(String namespace, String name, int revision, String status) {
    @Override
    public String toString() {
        return "release/" + namespace + "/" + name;
    }
}
