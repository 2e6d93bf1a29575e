// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import java.util.Map;

/**
 * The one default StorageClass of a backend (ST-1, SC-2), as its provider wants it. What all clouds share is added: binding
 * on first consumer, expandable, volumes deleted with their claims.
 *
 * @param name name of the class
 * @param provisioner the cloud's disk driver, such as {@code ebs.csi.aws.com}
 * @param parameters of the driver, among them those that switch encryption on
 */
public record DefaultStorageClass(String name, String provisioner, Map<String, String> parameters) {
    public DefaultStorageClass {
        parameters = Map.copyOf(parameters);
    }
}
