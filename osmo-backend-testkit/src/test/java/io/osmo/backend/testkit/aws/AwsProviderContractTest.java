// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.contract.ContractCloud;
import io.osmo.backend.testkit.contract.ProviderContract;
import io.osmo.backend.testkit.internal.aws.AwsModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The EKS provider keeps the contract, and each of its requests the vendor's models. */
class AwsProviderContractTest extends ProviderContract {
    private static final String REGION = "us-west-2";

    /**
     * Calls for which EKS, IAM, KMS and Backup have no list with details, and for what there is one of in the account. EC2
     * lists versions of one launch template, or the newest of all in the account, however many those are.
     */
    private static final Set<String> SINGLE = Set.of(
            "eks:DescribeCluster",
            "eks:DescribeNodegroup",
            "eks:DescribeAddon",
            "eks:DescribeAccessEntry",
            "eks:ListAssociatedAccessPolicies",
            "eks:DescribePodIdentityAssociation",
            "iam:GetRole",
            "iam:ListRoleTags",
            "iam:ListAttachedRolePolicies",
            "iam:ListRolePolicies",
            "iam:GetRolePolicy",
            "kms:DescribeKey",
            "kms:GetKeyRotationStatus",
            "kms:GetKeyPolicy",
            "kms:ListResourceTags",
            "backup:DescribeBackupVault",
            "backup:GetBackupPlan",
            "backup:ListBackupSelections",
            "backup:GetBackupSelection",
            "backup:ListTags",
            "backup:DescribeRegionSettings",
            "sts:GetCallerIdentity",
            "ec2:DescribeLaunchTemplateVersions",
            "ec2:DescribeVpcAttribute");

    /** Which machines are sold where, and which versions fit together. */
    private static final Set<String> CATALOGUE = Set.of(
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeInstanceTypeOfferings",
            "eks:DescribeClusterVersions",
            "eks:DescribeAddonVersions");

    @Override
    protected ContractCloud cloud() {
        return new Cloud(Models.load());
    }

    @Override
    protected BackendSpec spec(int pools) {
        var spec = BackendSpec.builder("train-west").on("aws", REGION).deletionProtection(false);
        for (int i = 0; i < pools; i++) {
            spec.computePool("cpu" + i, p -> p.instanceType("m7i.2xlarge").scale(1, 2));
        }
        return spec.build();
    }

    @Override
    protected Map<String, BackendSpec> changes() {
        Map<String, BackendSpec> changes = new LinkedHashMap<>();
        changes.put("a tag", changed(s -> s.tag("team", "robots")));
        changes.put("bounds of a scale", changed(s -> s.changePool("cpu0", p -> p.scale(2, 5))));
        changes.put("a smaller maximum", changed(s -> s.changePool("cpu0", p -> p.scale(0, 1))));
        changes.put("a label", changed(s -> s.changePool("cpu0", p -> p.label("team", "robots"))));
        changes.put(
                "a taint",
                changed(s -> s.changePool("cpu0", p -> p.taint("dedicated", "osmo", Taint.Effect.NO_SCHEDULE))));
        changes.put("taints of the operator pool", changed(s -> s.operatorPool(p -> p.tainted(true))));
        changes.put("a larger disk", changed(s -> s.changePool("cpu0", p -> p.disk(300))));
        changes.put("ranges of the API's endpoint", changed(s -> s.apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))));
        changes.put(
                "retention of backups",
                changed(s -> s.backup(b -> b.enabled(true).retentionDays(90))));
        changes.put("no backup", changed(s -> s.backup(b -> b.enabled(false))));
        changes.put("protection against deletion", changed(s -> s.deletionProtection(true)));
        changes.put(
                "a pool more",
                changed(s ->
                        s.computePool("cpu1", p -> p.instanceType("m6i.2xlarge").scale(0, 3))));
        changes.put(
                "a GPU pool, one group in each zone",
                changed(s -> s.gpuPool("l4", p -> p.instanceType("g6.xlarge").scale(0, 4))));
        changes.put(
                "one pool instead of another",
                changed(s -> s.computePool(
                                "cpu1", p -> p.instanceType("m6i.2xlarge").scale(1, 3))
                        .removePool("cpu0")));
        changes.put("an administrator", changed(s -> s.admin("arn:aws:iam::123456789012:role/Admin")));
        changes.put(
                "no autoscaler",
                changed(s -> s.settings(
                        EksSettings.builder().autoscaler(Autoscaler.NONE).build())));
        return changes;
    }

    private BackendSpec changed(UnaryOperator<BackendSpecBuilder> change) {
        return change.apply(spec(1).toBuilder()).build();
    }

    @Override
    protected void plantForeignObject(ContractCloud cloud) {
        ((Cloud) cloud)
                .clouds
                .aws()
                .open(REGION, EksSettings.defaults())
                .backup()
                .createBackupVault(r -> r.backupVaultName("osmo-train-west"));
    }

    @Override
    protected boolean mayRemain(String line) {
        return line.startsWith("key PendingDeletion");
    }

    private static final class Cloud implements ContractCloud {
        private final AwsModels models;
        private final EmulatedClouds clouds;

        private Cloud(AwsModels models) {
            this.models = models;
            this.clouds = EmulatedClouds.create(aws -> aws.inspector(models));
        }

        @Override
        public VirtualTime time() {
            return clouds.time();
        }

        @Override
        public OsmoBackends open() {
            return clouds.open();
        }

        @Override
        public List<String> inventory() {
            return clouds.aws().inventory();
        }

        @Override
        public void forgetCalls() {
            clouds.aws().forgetCalls();
        }

        @Override
        public int changes() {
            return (int) clouds.aws().calls().stream().filter(c -> !c.reads()).count();
        }

        @Override
        public int singleReads() {
            return (int) clouds.aws().calls().stream()
                    .filter(c -> SINGLE.contains(c.operation()))
                    .count();
        }

        @Override
        public int catalogueReads() {
            return (int) clouds.aws().calls().stream()
                    .filter(c -> CATALOGUE.contains(c.operation()))
                    .count();
        }

        @Override
        public int calls() {
            return clouds.aws().calls().size();
        }

        @Override
        public void strike(int n, Fault fault) {
            var rule = clouds.aws().faults().onCalls(call -> !call.reads()).nth(n);
            switch (fault) {
                case CRASH_BEFORE -> rule.crashBefore();
                case CRASH_AFTER -> rule.crashAfter();
                case LOST_RESPONSE -> rule.loseResponse();
                case UNAVAILABLE -> rule.failWith5xx();
                case THROTTLED -> rule.throttle();
            }
        }

        @Override
        public void heal() {
            clouds.aws().faults().clear();
        }

        @Override
        public void close() {
            clouds.close();
            assertThat(models.violations()).isEmpty();
        }
    }
}
