// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.backup;

import io.osmo.backend.testkit.internal.Table;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.iam.Iam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.backup.model.*;

/** AWS Backup in one region. */
public final class Backup extends AwsService {
    final Iam iam;
    final Table<BackupVaultListMember> vaults = new Table<>(name -> notFound("Backup vault " + name + " not found"));
    final Table<StoredPlan> plans = new Table<>(id -> notFound("Cannot find Backup plan with ID " + id));
    /** Tags by ARN. */
    final Map<String, Map<String, String>> tags = new TreeMap<>();

    public Backup(AwsAccount account, String region, Iam iam) {
        super(account, region);
        this.iam = iam;
    }

    @Override
    public List<Object> operations() {
        return List.of(
                new BackupVaults(this), new BackupPlans(this), new BackupSelections(this), new BackupSettings(this));
    }

    /** Creates a vault that belongs to someone else. */
    public void plantVault(String name) {
        var unused = new BackupVaults(this)
                .createBackupVault(
                        CreateBackupVaultRequest.builder().backupVaultName(name).build());
    }

    @Override
    public List<String> inventory() {
        List<String> lines = new ArrayList<>();
        vaults.all().forEach(v -> lines.add("backup-vault " + v.backupVaultName()));
        plans.all().forEach(p -> {
            lines.add("backup-plan " + p.plan.backupPlanName());
            p.selections
                    .values()
                    .forEach(s ->
                            lines.add("backup-selection " + s.backupSelection().selectionName()));
        });
        return lines;
    }

    Map<String, String> tagsOf(String arn) {
        Map<String, String> found = tags.get(arn);
        if (found == null) {
            throw notFound("No resource found for ARN " + arn);
        }
        return found;
    }

    /** Tags of a vault or a plan by kind and name, such as {@code backup-vault:osmo}; empty if there is none. */
    public Optional<Map<String, String>> find(String resource) {
        return Optional.ofNullable(tags.get(arn("backup", resource)));
    }

    static AwsServiceException notFound(String message) {
        return refuse(ResourceNotFoundException.builder(), "ResourceNotFoundException", message);
    }

    static AwsServiceException exists(String message) {
        return refuse(AlreadyExistsException.builder(), "AlreadyExistsException", message);
    }

    static AwsServiceException refuse(AwsServiceException.Builder builder, String code, String message) {
        return AwsErrors.of(builder, "Backup", 400, code, message);
    }
}
