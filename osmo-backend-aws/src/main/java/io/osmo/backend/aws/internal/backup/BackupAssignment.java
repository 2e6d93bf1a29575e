// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.ObservedRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.backup.model.BackupSelectionsListMember;
import software.amazon.awssdk.services.backup.model.ConditionType;
import software.amazon.awssdk.services.backup.model.GetBackupPlanResponse;

/**
 * What the backup plan covers: the cluster with its volumes where AWS Backup knows EKS, else the volumes of its claims by the
 * tag that the EBS driver gives them. The choice is part of the name, so that the other one is recognised and replaced.
 */
public final class BackupAssignment extends AwsResource<BackupSelectionsListMember> {
    public static final ResourceId ID = ResourceId.of("backup-selection", "main");

    private static final String BY_CLUSTER = "cluster";
    private static final String BY_TAG = "volumes";

    private final boolean byCluster;
    private final String clusterArn;

    /** @param byCluster whether AWS Backup supports EKS in this region and account */
    BackupAssignment(AwsContext aws, Caller caller, boolean byCluster) {
        this(
                aws,
                byCluster,
                "arn:" + caller.partition() + ":eks:" + aws.region() + ":" + caller.account() + ":cluster/"
                        + aws.name());
    }

    private BackupAssignment(AwsContext aws, boolean byCluster, String clusterArn) {
        super(
                aws,
                ID,
                BackupSelectionsListMember.class,
                Set.of(BackupSchedule.ID, IamRole.id(RoleKind.BACKUP)),
                Timing.quick(),
                "backup of " + (byCluster ? "the cluster" : "volumes by tag"));
        this.byCluster = byCluster;
        this.clusterArn = clusterArn;
    }

    static BackupAssignment owned(AwsContext aws) {
        return new BackupAssignment(aws, false, "");
    }

    private String name() {
        return byCluster ? BY_CLUSTER : BY_TAG;
    }

    static List<BackupSelectionsListMember> of(AwsContext aws, String planId) {
        return aws.find(
                        "backup:ListBackupSelections",
                        () -> aws
                                .clients()
                                .backup()
                                .listBackupSelectionsPaginator(r -> r.backupPlanId(planId))
                                .backupSelectionsList()
                                .stream()
                                .toList())
                .orElseGet(List::of);
    }

    @Override
    public Optional<BackupSelectionsListMember> read(State state) {
        return state.find(BackupSchedule.ID, GetBackupPlanResponse.class)
                .flatMap(plan -> of(aws, plan.backupPlanId()).stream().findFirst());
    }

    @Override
    public List<FieldChange> compare(BackupSelectionsListMember observed, State state) {
        return name().equals(observed.selectionName())
                ? List.of()
                : List.of(FieldChange.replacing("selection", observed.selectionName(), name()));
    }

    @Override
    public BackupSelectionsListMember create(State state) {
        String plan =
                state.require(BackupSchedule.ID, GetBackupPlanResponse.class).backupPlanId();
        String role =
                state.require(IamRole.id(RoleKind.BACKUP), ObservedRole.class).arn();
        String made = aws.call(
                        "backup:CreateBackupSelection",
                        () -> aws.clients()
                                .backup()
                                .createBackupSelection(r -> r.backupPlanId(plan)
                                        .creatorRequestId(aws.token(ID, plan, name()))
                                        .backupSelection(s -> {
                                            s.selectionName(name()).iamRoleArn(role);
                                            if (byCluster) {
                                                s.resources(clusterArn);
                                            } else {
                                                s.listOfTags(t -> t.conditionType(ConditionType.STRINGEQUALS)
                                                        .conditionKey("kubernetes.io/cluster/" + aws.name())
                                                        .conditionValue("owned"));
                                            }
                                        })))
                .selectionId();
        return BackupSelectionsListMember.builder()
                .backupPlanId(plan)
                .selectionId(made)
                .selectionName(name())
                .build();
    }

    @Override
    public void update(BackupSelectionsListMember observed, List<FieldChange> changes, State state) {
        throw new IllegalStateException("a selection has nothing that is changed in place");
    }

    @Override
    public void delete(BackupSelectionsListMember observed, State state) {
        aws.delete(
                "backup:DeleteBackupSelection",
                () -> aws.clients()
                        .backup()
                        .deleteBackupSelection(
                                r -> r.backupPlanId(observed.backupPlanId()).selectionId(observed.selectionId())));
    }
}
