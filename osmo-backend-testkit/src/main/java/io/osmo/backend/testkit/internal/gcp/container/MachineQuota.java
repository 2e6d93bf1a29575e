// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.GcpQuotas;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.compute.MachineFacts;
import io.osmo.backend.testkit.internal.gcp.compute.QuotaUsage;
import java.util.Optional;

/** Whether a region has quota for the machines of a pool. */
final class MachineQuota {
    private final GcpProject project;
    private final QuotaUsage usage;

    MachineQuota(GcpProject project, QuotaUsage usage) {
        this.project = project;
        this.usage = usage;
    }

    private static QuotaUsage.Demand demand(NodePool pool) {
        return new QuotaUsage.Demand(
                MachineFacts.get(pool.getConfig().getMachineType()),
                Accelerators.of(pool),
                pool.getConfig().getSpot(),
                pool.getConfig().getDiskType(),
                pool.getConfig().getDiskSizeGb());
    }

    /** The metric that does not suffice for this many more machines. */
    Optional<String> missing(String region, NodePool pool, int machines) {
        QuotaUsage.Demand demand = demand(pool);
        return demand.metrics().stream()
                .filter(metric -> usage.used(region, metric) + machines * demand.of(metric) > project.quota(metric))
                .findFirst();
    }

    void require(Cluster cluster, NodePool pool, int machines) {
        String region = Locations.regionOf(cluster.getLocation());
        missing(region, pool, machines).ifPresent(metric -> {
            double wanted = machines * demand(pool).of(metric);
            double free = project.quota(metric) - usage.used(region, metric);
            String level = GcpQuotas.isOfAllRegions(metric) ? "project" : "regional";
            throw GcpError.quota("Insufficient " + level + " quota to satisfy request: resource \"" + metric
                    + "\": request requires '" + wanted + "' and is short '" + (wanted - free)
                    + "'. project has a quota of '" + project.quota(metric) + "' with '" + free + "' available.");
        });
    }
}
