// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.ReleaseChannel.Channel;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.catalog.Support;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The support of the versions of an existing cluster, as an attachment.
 *
 * @param cluster of the control plane
 * @param pools by name, of those whose minor version is another one
 */
public record ClusterSupport(Fact<Support> cluster, Map<String, Support> pools) {
    public ClusterSupport {
        pools = Map.copyOf(pools);
    }

    List<String> warnings(ObservedCluster observed, LocalDate today) {
        boolean extended = observed.cluster().getReleaseChannel().getChannel() == Channel.EXTENDED;
        List<String> warnings = new ArrayList<>();
        cluster.known()
                .ifPresent(known -> warnings.addAll(
                        known.warnings("the cluster", observed.cluster().getCurrentMasterVersion(), extended, today)));
        observed.cluster()
                .getNodePoolsList()
                .forEach(pool -> Optional.ofNullable(pools.get(pool.getName()))
                        .ifPresent(known -> warnings.addAll(
                                known.warnings("node pool " + pool.getName(), pool.getVersion(), extended, today))));
        return warnings;
    }
}
