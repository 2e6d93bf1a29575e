// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.foreign;

import io.osmo.backend.resource.Guard;
import java.util.List;

/**
 * What is in a backend that is not ours; an attachment of an inventory that was read without a spec.
 *
 * @param cluster what EKS deletes a cluster with only by force, or not at all
 * @param network what keeps our VPC from being deleted
 */
record ForeignObjects(List<Guard> cluster, List<Guard> network) {
    ForeignObjects {
        cluster = List.copyOf(cluster);
        network = List.copyOf(network);
    }
}
