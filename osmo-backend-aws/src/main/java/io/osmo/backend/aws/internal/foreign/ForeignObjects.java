// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.foreign;

import io.osmo.backend.resource.Guard;
import java.util.List;

/**
 * Objects of others in the backend; an attachment of an inventory that was read without a spec.
 *
 * @param cluster objects that prevent EKS from deleting the cluster, or from deleting it without force
 * @param network objects that prevent the deletion of the backend's VPC
 */
record ForeignObjects(List<Guard> cluster, List<Guard> network) {
    ForeignObjects {
        cluster = List.copyOf(cluster);
        network = List.copyOf(network);
    }
}
