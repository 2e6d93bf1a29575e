// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.common.collect.Lists;
import com.google.container.v1.Cluster;
import io.osmo.backend.cluster.CloudFacts.BackupFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whether a backup plan covers the cluster (ST-3). */
final class BackupReader implements FactReader<FactSource, BackupFacts> {
    static final Needs NEEDS = Needs.reading("gkebackup.backupPlans.list");

    @Override
    public CompletableFuture<Fact<BackupFacts>> read(FactSource source) {
        return Facts.of(source.context().scheduler().call(() -> backup(source.context(), source.cluster())));
    }

    private static BackupFacts backup(GcpContext context, Cluster cluster) {
        if (!cluster.getAddonsConfig().getGkeBackupAgentConfig().getEnabled()) {
            return new BackupFacts(false, "the backup agent of the cluster is off");
        }
        List<BackupPlan> plans = context.find(
                        "gkebackup.backupPlans.list",
                        () -> Lists.newArrayList(context.clients()
                                .backups()
                                .listBackupPlans(context.path(context.region()))
                                .iterateAll()))
                .orElseGet(ArrayList::new);
        return plans.stream()
                .filter(plan -> plan.getCluster().endsWith("/clusters/" + cluster.getName())
                        && plan.getState() == BackupPlan.State.READY
                        && !plan.getBackupSchedule().getPaused()
                        && !plan.getBackupSchedule().getCronSchedule().isEmpty())
                .findFirst()
                .map(plan -> new BackupFacts(
                        true,
                        "backup plan " + NodeEgress.last(plan.getName()) + ", "
                                + plan.getBackupSchedule().getCronSchedule() + ", kept for "
                                + plan.getRetentionPolicy().getBackupRetainDays() + " days"))
                .orElseGet(() -> new BackupFacts(false, "no backup plan with a schedule names the cluster"));
    }
}
