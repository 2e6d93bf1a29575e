// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import java.util.Map;

/**
 * The part of the default StorageClass of a backend (ST-1, SC-2) that its provider decides. The rest is the same on all clouds: binding
 * on first consumer, expandable, volumes deleted with their claims.
 *
 * @param name name of the class
 * @param provisioner the cloud's disk driver, such as {@code ebs.csi.aws.com}
 * @param parameters parameters of the driver, including those that enable encryption
 */
public record DefaultStorageClass(String name, String provisioner, Map<String, String> parameters) {
    public DefaultStorageClass {
        parameters = Map.copyOf(parameters);
    }
}
