// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.marks;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Tags of EC2, EKS, IAM, KMS, AWS Backup and EC2 Auto Scaling. */
final class AwsMarks implements MarkedBackend {
    private static final String NAME = "train-west";
    private static final String REGION = "us-west-2";
    /** Of the private endpoints, that of S3 and one that is in subnets are enough, and so is one zone. */
    private static final String LIKE_OTHERS = "(vpc-endpoint/(?!s3|sts).*)|(.*-2b)|(launch-template/(operator|h100))";

    @Override
    public EmulatedCloud cloud(EmulatedClouds clouds) {
        return clouds.aws();
    }

    @Override
    public BackendSpec first() {
        return spec("m7i.2xlarge");
    }

    @Override
    public BackendSpec spec() {
        return spec("m7i.4xlarge");
    }

    private static BackendSpec spec(String machine) {
        return BackendSpec.builder(NAME)
                .on("aws", REGION)
                .tag("team", "research")
                .admin("arn:aws:iam::123456789012:role/Admin")
                .network(n -> n.zones("us-west-2a", "us-west-2b").privateServiceEndpoints(true))
                .computePool("cpu", p -> p.instanceType(machine).scale(1, 2))
                .gpuPool("h100", p -> p.instanceType("p5.48xlarge").scale(1, 2).zones("us-west-2a"))
                .settings(EksSettings.builder()
                        .pool("h100", pool -> pool.withEfa(true).withPlacementGroup(true))
                        .build())
                .build();
    }

    @Override
    public List<Mark> marks(EmulatedClouds clouds) {
        AwsClients aws = clouds.aws().open(REGION, EksSettings.defaults());
        List<Mark> marks = new ArrayList<>();
        ec2(aws, marks);
        eks(aws, marks);
        iam(aws, marks);
        kms(aws, marks);
        backup(aws, marks);
        autoScaling(aws, marks);
        return marks;
    }

    private static void add(
            List<Mark> marks,
            String object,
            Map<String, String> tags,
            BiConsumer<String, String> remove,
            BiConsumer<String, String> set) {
        tags.forEach((key, value) ->
                marks.add(new Mark("aws", object, key, () -> remove.accept(key, value), () -> set.accept(key, value))));
    }

    private static void ec2(AwsClients aws, List<Mark> marks) {
        aws.ec2().describeTags(r -> r.filters(f -> f.name("key").values("osmo-resource"))).tags().stream()
                .filter(ours -> !ours.value().matches(LIKE_OTHERS))
                .forEach(ours -> aws.ec2()
                        .describeTags(r -> r.filters(f -> f.name("resource-id").values(ours.resourceId())))
                        .tags()
                        .forEach(tag -> {
                            Tag same = Tag.builder()
                                    .key(tag.key())
                                    .value(tag.value())
                                    .build();
                            marks.add(new Mark(
                                    "aws",
                                    tag.resourceTypeAsString() + " " + tag.resourceId(),
                                    tag.key(),
                                    () -> aws.ec2()
                                            .deleteTags(r -> r.resources(tag.resourceId())
                                                    .tags(same)),
                                    () -> aws.ec2()
                                            .createTags(r -> r.resources(tag.resourceId())
                                                    .tags(same))));
                        }));
    }

    private static void eks(AwsClients aws, List<Mark> marks) {
        List<String> arns = new ArrayList<>();
        arns.add(aws.eks().describeCluster(r -> r.name(NAME)).cluster().arn());
        aws.eks()
                .listNodegroups(r -> r.clusterName(NAME))
                .nodegroups()
                .forEach(group -> arns.add(aws.eks()
                        .describeNodegroup(r -> r.clusterName(NAME).nodegroupName(group))
                        .nodegroup()
                        .nodegroupArn()));
        aws.eks().listAddons(r -> r.clusterName(NAME)).addons().stream()
                .limit(1)
                .forEach(addon -> arns.add(aws.eks()
                        .describeAddon(r -> r.clusterName(NAME).addonName(addon))
                        .addon()
                        .addonArn()));
        aws.eks()
                .listAccessEntries(r -> r.clusterName(NAME))
                .accessEntries()
                .forEach(principal -> arns.add(aws.eks()
                        .describeAccessEntry(r -> r.clusterName(NAME).principalArn(principal))
                        .accessEntry()
                        .accessEntryArn()));
        aws.eks()
                .listPodIdentityAssociations(r -> r.clusterName(NAME))
                .associations()
                .forEach(association -> arns.add(association.associationArn()));
        for (String arn : arns) {
            Map<String, String> tags =
                    aws.eks().listTagsForResource(r -> r.resourceArn(arn)).tags();
            add(
                    marks,
                    arn,
                    tags,
                    (key, value) ->
                            aws.eks().untagResource(r -> r.resourceArn(arn).tagKeys(key)),
                    (key, value) ->
                            aws.eks().tagResource(r -> r.resourceArn(arn).tags(Map.of(key, value))));
        }
    }

    private static void iam(AwsClients aws, List<Mark> marks) {
        aws.iam()
                .listRoles(r -> {})
                .roles()
                .forEach(role -> aws.iam()
                        .listRoleTags(r -> r.roleName(role.roleName()))
                        .tags()
                        .forEach(tag -> marks.add(new Mark(
                                "aws",
                                role.arn(),
                                tag.key(),
                                () -> aws.iam()
                                        .untagRole(
                                                r -> r.roleName(role.roleName()).tagKeys(tag.key())),
                                () -> aws.iam()
                                        .tagRole(
                                                r -> r.roleName(role.roleName()).tags(tag))))));
    }

    private static void kms(AwsClients aws, List<Mark> marks) {
        aws.kms()
                .listKeys()
                .keys()
                .forEach(key -> aws.kms()
                        .listResourceTags(r -> r.keyId(key.keyId()))
                        .tags()
                        .forEach(tag -> marks.add(new Mark(
                                "aws",
                                key.keyArn(),
                                tag.tagKey(),
                                () -> aws.kms()
                                        .untagResource(r -> r.keyId(key.keyId()).tagKeys(tag.tagKey())),
                                () -> aws.kms()
                                        .tagResource(r -> r.keyId(key.keyId()).tags(tag))))));
    }

    private static void backup(AwsClients aws, List<Mark> marks) {
        List<String> arns = new ArrayList<>();
        aws.backup().listBackupVaults(r -> {}).backupVaultList().forEach(vault -> arns.add(vault.backupVaultArn()));
        aws.backup().listBackupPlans(r -> {}).backupPlansList().forEach(plan -> arns.add(plan.backupPlanArn()));
        for (String arn : arns) {
            add(
                    marks,
                    arn,
                    aws.backup().listTags(r -> r.resourceArn(arn)).tags(),
                    (key, value) ->
                            aws.backup().untagResource(r -> r.resourceArn(arn).tagKeyList(key)),
                    (key, value) ->
                            aws.backup().tagResource(r -> r.resourceArn(arn).tags(Map.of(key, value))));
        }
    }

    private static void autoScaling(AwsClients aws, List<Mark> marks) {
        aws.autoScaling().describeTagsPaginator(r -> {}).tags().stream()
                .filter(found -> !found.resourceId().contains("operator"))
                .filter(found -> !found.key().startsWith("eks:") && !found.key().startsWith("kubernetes.io/cluster/"))
                .forEach(found -> {
                    var tag = tag(found);
                    marks.add(new Mark(
                            "aws",
                            "auto scaling group " + found.resourceId(),
                            found.key(),
                            () -> aws.autoScaling().deleteTags(r -> r.tags(tag)),
                            () -> aws.autoScaling().createOrUpdateTags(r -> r.tags(tag))));
                });
    }

    private static software.amazon.awssdk.services.autoscaling.model.Tag tag(
            software.amazon.awssdk.services.autoscaling.model.TagDescription found) {
        return software.amazon.awssdk.services.autoscaling.model.Tag.builder()
                .resourceId(found.resourceId())
                .resourceType(found.resourceType())
                .key(found.key())
                .value(found.value())
                .propagateAtLaunch(found.propagateAtLaunch())
                .build();
    }
}
