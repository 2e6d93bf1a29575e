// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.model.BackupPlansListMember;
import software.amazon.awssdk.services.backup.model.BackupRule;

/** The backups of a backend with AWS Backup. */
class EksBackupTest {
    private static BackendSpec spec(String team) {
        return BackendSpec.builder("train")
                .on("aws", "us-west-2")
                .tag("team", team)
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                .build();
    }

    /** Costs are told by tags, those of backups by the tags of recovery points. */
    @Test
    void another_tag_of_the_spec_reaches_vault_plan_and_later_backups() {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open();
                AwsClients aws = clouds.aws().open("us-west-2", EksSettings.defaults())) {
            osmo.apply(osmo.plan(spec("robots")));
            Plan plan = osmo.plan(spec("cars"));
            osmo.apply(plan);

            BackupPlansListMember schedule =
                    aws.backup().listBackupPlans(r -> {}).backupPlansList().get(0);
            String vault = aws.backup()
                    .listBackupVaults(r -> {})
                    .backupVaultList()
                    .get(0)
                    .backupVaultArn();
            assertThat(plan.changes())
                    .extracting(Change::resource)
                    .extracting(Object::toString)
                    .contains("backup-vault/main", "backup-plan/main");
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            assertThat(tags(aws, vault)).containsEntry("team", "cars").containsEntry("osmo-backend", "train");
            assertThat(tags(aws, schedule.backupPlanArn())).containsEntry("team", "cars");
            assertThat(aws.backup()
                            .getBackupPlan(r -> r.backupPlanId(schedule.backupPlanId()))
                            .backupPlan()
                            .rules())
                    .extracting(BackupRule::recoveryPointTags)
                    .allSatisfy(tags -> assertThat(tags).containsEntry("team", "cars"));
            assertThat(osmo.plan(spec("cars")).changes()).isEmpty();
        }
    }

    private static Map<String, String> tags(AwsClients aws, String arn) {
        return aws.backup().listTags(r -> r.resourceArn(arn)).tags();
    }
}
