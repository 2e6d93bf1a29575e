// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.CloudFacts.BackupFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.backup.model.BackupPlansListMember;
import software.amazon.awssdk.services.backup.model.BackupSelection;
import software.amazon.awssdk.services.backup.model.BackupSelectionsListMember;
import software.amazon.awssdk.services.eks.model.Cluster;

/** Whether some plan of AWS Backup covers a cluster or the volumes of its claims, whoever made the plan (ST-3). */
final class BackupReader implements FactReader<FactSource, BackupFacts> {
    static final Needs NEEDS = Needs.reading(
            "backup:DescribeRegionSettings",
            "backup:ListBackupPlans",
            "backup:ListBackupSelections",
            "backup:GetBackupSelection");

    /** A plan and one of its selections. */
    private record Assigned(String plan, BackupSelection selection) {}

    @Override
    public CompletableFuture<Fact<BackupFacts>> read(FactSource source) {
        AwsContext context = source.context();
        if (!context.offers(EksFeature.BACKUP_SELECTION)) {
            return CompletableFuture.completedFuture(FactSource.omitted(EksFeature.BACKUP_SELECTION));
        }
        CompletableFuture<Fact<List<Assigned>>> assigned = Facts.of(assigned(context));
        CompletableFuture<Fact<Map<String, Boolean>>> optedIn = Facts.of(context.async(
                "backup:DescribeRegionSettings",
                () -> context.backup().describeRegionSettings(r -> {}).resourceTypeOptInPreference()));
        return CompletableFuture.allOf(source.cluster(), assigned, optedIn)
                .thenApply(done -> source.cluster()
                        .join()
                        .flatMap(cluster -> Facts.both(
                                assigned.join(),
                                optedIn.join(),
                                (plans, preferences) -> judge(cluster, plans, preferences))));
    }

    private static CompletableFuture<List<Assigned>> assigned(AwsContext context) {
        return context.async(
                        "backup:ListBackupPlans",
                        () -> context.backup().listBackupPlansPaginator(r -> {}).backupPlansList().stream()
                                .toList())
                .thenCompose(plans -> Futures.flat(
                        plans.stream().map(plan -> selections(context, plan)).toList()));
    }

    private static CompletableFuture<List<Assigned>> selections(AwsContext context, BackupPlansListMember plan) {
        return context.async(
                        "backup:ListBackupSelections",
                        () -> context
                                .backup()
                                .listBackupSelectionsPaginator(r -> r.backupPlanId(plan.backupPlanId()))
                                .backupSelectionsList()
                                .stream()
                                .toList())
                .thenCompose(found -> Futures.all(found.stream()
                        .map(each -> selection(context, plan, each))
                        .toList()));
    }

    private static CompletableFuture<Assigned> selection(
            AwsContext context, BackupPlansListMember plan, BackupSelectionsListMember selection) {
        return context.async(
                "backup:GetBackupSelection",
                () -> new Assigned(
                        plan.backupPlanName(),
                        context.backup()
                                .getBackupSelection(
                                        r -> r.backupPlanId(plan.backupPlanId()).selectionId(selection.selectionId()))
                                .backupSelection()));
    }

    private static BackupFacts judge(Cluster cluster, List<Assigned> assigned, Map<String, Boolean> optedIn) {
        BackupCandidate whole =
                new BackupCandidate(cluster.arn(), cluster.tags(), Boolean.TRUE.equals(optedIn.get("EKS")));
        // The EBS driver tags what it makes for a claim; one volume represents all.
        BackupCandidate volumes = new BackupCandidate(
                cluster.arn().replaceFirst(":eks:", ":ec2:").replaceFirst(":cluster/.*", ":volume/vol-0"),
                Map.of("kubernetes.io/cluster/" + cluster.name(), "owned"),
                Boolean.TRUE.equals(optedIn.get("EBS")));
        return covering(whole, assigned)
                .map(plan -> new BackupFacts(true, "AWS Backup plan " + plan + " covers the cluster"))
                .or(() -> covering(volumes, assigned)
                        .map(plan ->
                                new BackupFacts(true, "AWS Backup plan " + plan + " covers the volumes of claims")))
                .orElseGet(() -> new BackupFacts(
                        false,
                        assigned.isEmpty()
                                ? "nothing is assigned to any plan of AWS Backup"
                                : "none of the " + assigned.size()
                                        + " assignments of AWS Backup plans includes the cluster or its volumes"));
    }

    private static Optional<String> covering(BackupCandidate candidate, List<Assigned> assigned) {
        return assigned.stream()
                .filter(each -> candidate.isIn(each.selection()))
                .map(Assigned::plan)
                .findFirst();
    }
}
