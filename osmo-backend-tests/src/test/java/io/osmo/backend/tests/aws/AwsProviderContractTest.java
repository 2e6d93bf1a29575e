// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.aws.Models;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.contract.ProviderContract;
import io.osmo.backend.testkit.internal.aws.AwsModels;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The EKS provider keeps the contract, and each of its requests the vendor's models. */
class AwsProviderContractTest extends ProviderContract {
    private final AwsModels models = Models.load();

    @Override
    protected EmulatedCloud cloud(VirtualTime time) {
        return EmulatedAws.builder(time)
                .principal("role/Admin")
                .inspector(models)
                .build();
    }

    @AfterEach
    void requests_keep_the_models() {
        assertThat(models.violations()).isEmpty();
    }

    @Override
    protected BackendSpec spec(int pools) {
        return backend("aws", "us-west-2", "m7i.2xlarge", pools);
    }

    @Override
    protected Map<String, BackendSpec> changes() {
        Map<String, BackendSpec> changes = usualChanges("m6i.2xlarge", "g6.xlarge");
        changes.put("an administrator", changed(s -> s.admin("arn:aws:iam::123456789012:role/Admin")));
        changes.put(
                "no autoscaler",
                changed(s -> s.settings(
                        EksSettings.builder().autoscaler(Autoscaler.NONE).build())));
        return changes;
    }

    /** EC2 lists versions of one launch template, or the newest of all in the account, however many those are. */
    @Override
    protected Set<String> singleReads() {
        return Set.of(
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
                "ssm:GetParameters",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:DescribeVpcAttribute");
    }

    @Override
    protected Set<String> catalogReads() {
        return Set.of(
                "ec2:DescribeAvailabilityZones",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeInstanceTypeOfferings",
                "eks:DescribeClusterVersions",
                "eks:DescribeAddonVersions");
    }

    @Override
    protected Set<String> spareActions() {
        return Set.of(
                "autoscaling:DeleteTags",
                "backup:DeleteBackupSelection",
                "backup:UpdateBackupPlan",
                "ec2:CreateLaunchTemplateVersion",
                "ec2:DeleteInternetGateway",
                "ec2:DeleteRouteTable",
                "ec2:DeleteVpc",
                "ec2:DetachInternetGateway",
                "ec2:ModifyVpcEndpoint",
                "ec2:ReleaseAddress",
                "ec2:ReplaceRoute",
                "ec2:ReplaceRouteTableAssociation",
                "eks:AssociateEncryptionConfig",
                "eks:UpdateAddon",
                "eks:UpdateClusterConfig",
                "eks:UpdateClusterVersion",
                "eks:UpdateNodegroupConfig",
                "eks:UpdateNodegroupVersion",
                "eks:UpdatePodIdentityAssociation",
                "iam:UpdateAssumeRolePolicy",
                "kms:CancelKeyDeletion",
                "kms:EnableKey",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:UpdateAlias");
    }

    @Override
    protected boolean mayRemain(String line) {
        return line.startsWith("key PendingDeletion");
    }
}
