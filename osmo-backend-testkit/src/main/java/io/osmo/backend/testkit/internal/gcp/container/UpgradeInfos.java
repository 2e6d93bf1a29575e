// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.*;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.time.Instant;
import java.util.List;

/**
 * Until when versions are supported, and whether automatic upgrades are paused.
 *
 * @see <a href="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/upgrade-assist">Get visibility into cluster upgrades</a>
 */
final class UpgradeInfos {
    private final GcpProject project;
    private final ClusterStore store;

    UpgradeInfos(GcpProject project, ClusterStore store) {
        this.project = project;
        this.store = store;
    }

    ClusterUpgradeInfo fetchClusterUpgradeInfo(FetchClusterUpgradeInfoRequest r) {
        Cluster cluster = store.get(r.getName());
        ClusterUpgradeInfo.Builder info = ClusterUpgradeInfo.newBuilder();
        Versions.supportOf(cluster.getCurrentMasterVersion())
                .ifPresent(dates -> info.setEndOfStandardSupportTimestamp(dates.standard())
                        .setEndOfExtendedSupportTimestamp(dates.extended()));
        exclusions(cluster).forEach(scope -> {
            boolean all = scope == MaintenanceExclusionOptions.Scope.NO_UPGRADES;
            info.addAutoUpgradeStatus(
                            all
                                    ? ClusterUpgradeInfo.AutoUpgradeStatus.UPGRADE_PAUSED
                                    : ClusterUpgradeInfo.AutoUpgradeStatus.MINOR_UPGRADE_PAUSED)
                    .addPausedReason(
                            all
                                    ? ClusterUpgradeInfo.AutoUpgradePausedReason.MAINTENANCE_EXCLUSION_NO_UPGRADES
                                    : ClusterUpgradeInfo.AutoUpgradePausedReason
                                            .MAINTENANCE_EXCLUSION_NO_MINOR_UPGRADES);
        });
        return info.getPausedReasonCount() > 0
                ? info.build()
                : info.addAutoUpgradeStatus(ClusterUpgradeInfo.AutoUpgradeStatus.ACTIVE)
                        .build();
    }

    NodePoolUpgradeInfo fetchNodePoolUpgradeInfo(FetchNodePoolUpgradeInfoRequest r) {
        NodePool pool = store.pool(r.getName());
        NodePoolUpgradeInfo.Builder info = NodePoolUpgradeInfo.newBuilder();
        Versions.supportOf(pool.getVersion())
                .ifPresent(dates -> info.setEndOfStandardSupportTimestamp(dates.standard())
                        .setEndOfExtendedSupportTimestamp(dates.extended()));
        exclusions(store.get(ClusterStore.clusterOf(r.getName())))
                .forEach(scope -> info.addAutoUpgradeStatus(NodePoolUpgradeInfo.AutoUpgradeStatus.UPGRADE_PAUSED)
                        .addPausedReason(
                                scope == MaintenanceExclusionOptions.Scope.NO_UPGRADES
                                        ? NodePoolUpgradeInfo.AutoUpgradePausedReason.MAINTENANCE_EXCLUSION_NO_UPGRADES
                                        : NodePoolUpgradeInfo.AutoUpgradePausedReason
                                                .MAINTENANCE_EXCLUSION_NO_MINOR_UPGRADES));
        return info.getPausedReasonCount() > 0
                ? info.build()
                : info.addAutoUpgradeStatus(NodePoolUpgradeInfo.AutoUpgradeStatus.ACTIVE)
                        .build();
    }

    /** What exclusions forbid at this time; without a scope, one forbids all upgrades. */
    private List<MaintenanceExclusionOptions.Scope> exclusions(Cluster cluster) {
        Instant now = project.now();
        return cluster.getMaintenancePolicy().getWindow().getMaintenanceExclusionsMap().values().stream()
                .filter(window -> window.getStartTime().getSeconds() <= now.getEpochSecond()
                        && window.getEndTime().getSeconds() > now.getEpochSecond())
                .map(window -> window.getMaintenanceExclusionOptions().getScope())
                .toList();
    }
}
