// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.backup.model.BackupSelection;
import software.amazon.awssdk.services.backup.model.BackupSelectionsListMember;
import software.amazon.awssdk.services.backup.model.ConditionType;

/**
 * What the backup plan covers: the cluster with its volumes where AWS Backup supports EKS, else the volumes of its claims, by the
 * tag that the EBS driver gives them. The choice is part of the name, so that the other one is recognized and replaced.
 */
public final class BackupAssignment extends AwsResource<BackupSelectionsListMember>
        implements Resource<BackupSelectionsListMember> {

    public static final ResourceId ID = ResourceId.of("backup-selection", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("backup:ListBackupSelections")
            .create("backup:CreateBackupSelection", "iam:PassRole")
            .update("backup:CreateBackupSelection", "backup:DeleteBackupSelection", "iam:PassRole")
            .delete("backup:DeleteBackupSelection");

    private final Optional<String> clusterArn;
    private final String name;

    /** @param clusterArn ARN of the cluster if AWS Backup supports EKS in this region and account */
    BackupAssignment(AwsContext context, Optional<String> clusterArn) {
        super(
                context,
                ID,
                BackupSelectionsListMember.class,
                Set.of(BackupSchedule.ID, IamRole.id(RoleKind.BACKUP)),
                Timing.quick(),
                "backup of " + (clusterArn.isPresent() ? "the cluster" : "volumes by tag"));
        this.clusterArn = clusterArn;
        this.name = clusterArn.isPresent() ? "cluster" : "volumes";
    }

    static List<BackupSelectionsListMember> of(AwsContext context, String planId) {
        return context.find(
                        "backup:ListBackupSelections",
                        () -> context
                                .backup()
                                .listBackupSelectionsPaginator(r -> r.backupPlanId(planId))
                                .backupSelectionsList()
                                .stream()
                                .toList())
                .orElseGet(List::of);
    }

    @Override
    public Optional<BackupSelectionsListMember> read(State state) {
        return state.find(BackupSchedule.ID, ObservedPlan.class)
                .flatMap(plan -> of(context, plan.id()).stream().findFirst());
    }

    @Override
    public List<FieldChange> compare(BackupSelectionsListMember observed, State state) {
        return name.equals(observed.selectionName())
                ? List.of()
                : List.of(FieldChange.replacing("selection", observed.selectionName(), name));
    }

    @Override
    public BackupSelectionsListMember create(State state) {
        String plan = state.require(BackupSchedule.ID, ObservedPlan.class).id();
        BackupSelection.Builder selection =
                BackupSelection.builder().selectionName(name).iamRoleArn(IamRole.arn(state, RoleKind.BACKUP));
        clusterArn.ifPresentOrElse(
                selection::resources,
                () -> selection.listOfTags(tag -> tag.conditionType(ConditionType.STRINGEQUALS)
                        .conditionKey("kubernetes.io/cluster/" + context.name())
                        .conditionValue("owned")));
        String request = context.requestId(ID);
        String made = context.call(
                        "backup:CreateBackupSelection",
                        () -> context.backup()
                                .createBackupSelection(r -> r.backupPlanId(plan)
                                        .creatorRequestId(request)
                                        .backupSelection(selection.build())))
                .selectionId();
        return BackupSelectionsListMember.builder()
                .backupPlanId(plan)
                .selectionId(made)
                .selectionName(name)
                .build();
    }

    @Override
    public void update(BackupSelectionsListMember observed, List<FieldChange> changes, State state) {
        throw new IllegalStateException("nothing of a selection is changed in place");
    }

    @Override
    public void delete(BackupSelectionsListMember observed, State state) {
        context.delete(
                "backup:DeleteBackupSelection",
                () -> context.backup()
                        .deleteBackupSelection(
                                r -> r.backupPlanId(observed.backupPlanId()).selectionId(observed.selectionId())));
    }
}
