// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.CloudFacts.BackupFacts;
import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.backup.model.BackupPlansListMember;
import software.amazon.awssdk.services.backup.model.BackupSelection;
import software.amazon.awssdk.services.backup.model.BackupSelectionsListMember;
import software.amazon.awssdk.services.eks.model.Cluster;

/** Whether some plan of AWS Backup covers a cluster or the volumes of its claims, whoever made the plan (ST-3). */
final class BackupCoverage {
    private BackupCoverage() {}

    /** A plan and one of its selections. */
    private record Assigned(String plan, BackupSelection selection) {}

    static CompletableFuture<Fact<BackupFacts>> read(AwsContext aws, CompletableFuture<Fact<Cluster>> cluster) {
        if (!aws.settings().offers(EksFeature.BACKUP_SELECTION)) {
            return CompletableFuture.completedFuture(Facts.omitted(EksFeature.BACKUP_SELECTION));
        }
        CompletableFuture<Fact<List<Assigned>>> assigned = Facts.of(assigned(aws));
        CompletableFuture<Fact<Map<String, Boolean>>> optedIn = Facts.of(aws.async(
                "backup:DescribeRegionSettings",
                () -> aws.clients().backup().describeRegionSettings(r -> {}).resourceTypeOptInPreference()));
        return CompletableFuture.allOf(cluster, assigned, optedIn)
                .thenApply(done -> cluster.join()
                        .flatMap(its -> Facts.both(
                                assigned.join(),
                                optedIn.join(),
                                (plans, preferences) -> judge(its, plans, preferences))));
    }

    private static CompletableFuture<List<Assigned>> assigned(AwsContext aws) {
        return aws.async(
                        "backup:ListBackupPlans",
                        () -> aws.clients().backup().listBackupPlansPaginator(r -> {}).backupPlansList().stream()
                                .toList())
                .thenCompose(plans -> Facts.all(
                        plans.stream().map(plan -> selections(aws, plan)).toList()))
                .thenApply(lists -> lists.stream().flatMap(List::stream).toList());
    }

    private static CompletableFuture<List<Assigned>> selections(AwsContext aws, BackupPlansListMember plan) {
        return aws.async(
                        "backup:ListBackupSelections",
                        () -> aws
                                .clients()
                                .backup()
                                .listBackupSelectionsPaginator(r -> r.backupPlanId(plan.backupPlanId()))
                                .backupSelectionsList()
                                .stream()
                                .toList())
                .thenCompose(found -> Facts.all(
                        found.stream().map(each -> selection(aws, plan, each)).toList()));
    }

    private static CompletableFuture<Assigned> selection(
            AwsContext aws, BackupPlansListMember plan, BackupSelectionsListMember selection) {
        return aws.async(
                "backup:GetBackupSelection",
                () -> new Assigned(
                        plan.backupPlanName(),
                        aws.clients()
                                .backup()
                                .getBackupSelection(
                                        r -> r.backupPlanId(plan.backupPlanId()).selectionId(selection.selectionId()))
                                .backupSelection()));
    }

    private static BackupFacts judge(Cluster cluster, List<Assigned> assigned, Map<String, Boolean> optedIn) {
        BackupCandidate whole =
                new BackupCandidate(cluster.arn(), cluster.tags(), Boolean.TRUE.equals(optedIn.get("EKS")));
        // The EBS driver tags what it makes for a claim; one volume stands for all.
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
                                ? "no plan of AWS Backup has anything assigned"
                                : "none of the " + assigned.size()
                                        + " assignments of AWS Backup plans takes in the cluster" + " or its volumes"));
    }

    private static Optional<String> covering(BackupCandidate candidate, List<Assigned> assigned) {
        return assigned.stream()
                .filter(each -> candidate.isIn(each.selection()))
                .map(Assigned::plan)
                .findFirst();
    }
}
