// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.Verdict;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.tests.services.ShortWaits;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * The unchanged EKS provider, found by ServiceLoader, against moto. Nothing but the SDK's own configuration and
 * {@link EksSettings} says where AWS is; in this JVM by the system properties that stand for the environment variables, in
 * {@link OtherJvm} by the variables themselves.
 */
class MotoIT {
    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    @AutoClose
    private final Scheduler scheduler = new ShortWaits();

    private MotoClients aws;

    @BeforeEach
    void open() {
        aws = MOTO.clients();
    }

    private OsmoBackends osmo(EksSettings settings) {
        return OsmoBackends.builder().settings(settings).scheduler(scheduler).build();
    }

    private Nodegroup group(BackendSpec spec, String name) {
        return aws.eks
                .describeNodegroup(r -> r.clusterName(spec.name()).nodegroupName(name))
                .nodegroup();
    }

    @Test
    void a_backend_is_created_changed_and_destroyed_without_a_trace() {
        List<String> before = Listing.of(aws);
        BackendSpec spec = MotoSpecs.production();
        try (OsmoBackends osmo = osmo(Moto.settings())) {
            Plan plan = osmo.plan(spec);
            assertThat(plan.warnings())
                    .extracting(warning -> EksFeature.valueOf(warning.substring(0, warning.indexOf(' '))))
                    .containsExactlyInAnyOrderElementsOf(Moto.settings().omitted());
            osmo.apply(plan);
            assertThat(osmo.plan(spec).changes()).isEmpty();
            assertThat(osmo.list("aws", MotoSpecs.REGION)).containsExactly(spec.ref());
            assertThat(aws.eks.listClusters().clusters()).containsExactly("train-west");
            assertThat(aws.eks.listNodegroups(r -> r.clusterName("train-west")).nodegroups())
                    .contains("operator", "cpu")
                    .anyMatch(name -> name.startsWith("t4-"));

            BackendSpec changed = spec.toBuilder()
                    .tag("cost-center", "42")
                    .changePool(
                            "cpu",
                            p -> p.scale(2, 7)
                                    .label("team", "vision")
                                    .taint("spare", "", Taint.Effect.PREFER_NO_SCHEDULE))
                    .build();
            Plan change = osmo.plan(changed);
            assertThat(change.changes()).isNotEmpty().allMatch(c -> c.action() == Action.UPDATE);
            osmo.apply(change);
            assertThat(osmo.plan(changed).changes()).isEmpty();
            Nodegroup cpu = group(spec, "cpu");
            assertThat(cpu.scalingConfig().minSize()).isEqualTo(2);
            assertThat(cpu.scalingConfig().maxSize()).isEqualTo(7);
            assertThat(cpu.labels()).containsEntry("team", "vision");
            assertThat(cpu.taints()).extracting(taint -> taint.key()).contains("batch", "spare");
            assertThat(aws.ec2
                            .describeVpcs(r ->
                                    r.filters(f -> f.name("tag:cost-center").values("42")))
                            .vpcs())
                    .hasSize(1);

            Backend gone = osmo.apply(osmo.planDestroy(spec.ref()));

            assertThat(gone.leftovers())
                    .singleElement()
                    .matches(leftover -> leftover.kind().equals("kms-key")
                            && leftover.reason().startsWith("scheduled for deletion on ")
                            && !leftover.billed());
            assertThat(osmo.list("aws", MotoSpecs.REGION)).isEmpty();
            assertThat(osmo.get(spec.ref())).isEmpty();
        }
        List<String> after = Listing.of(aws);
        assertThat(after).filteredOn(Listing::isDyingKey).hasSize(1);
        assertThat(after).filteredOn(line -> !Listing.isDyingKey(line)).isEqualTo(before);
    }

    @Test
    void another_jvm_finds_moto_by_the_environment() {
        List<String> before = Listing.of(aws);
        try (OtherJvm jvm = OtherJvm.start("apply", MOTO.endpoint())) {
            assertThat(jvm.exit()).as(jvm::output).isZero();
        }
        assertThat(aws.eks.listClusters().clusters())
                .containsExactly(MotoSpecs.small().name());
        try (OtherJvm jvm = OtherJvm.start("destroy", MOTO.endpoint())) {
            assertThat(jvm.exit()).as(jvm::output).isZero();
        }
        assertThat(Listing.of(aws))
                .filteredOn(line -> !Listing.isDyingKey(line))
                .isEqualTo(before);
    }

    /** Moto lists no quotas, simulates no policies and has no catalog of versions. */
    @Test
    void what_moto_does_not_know_is_unknown_to_the_preflight() {
        List<String> before = Listing.of(aws);
        try (OsmoBackends osmo = osmo(Moto.settings())) {
            PreflightReport report = osmo.preflight(MotoSpecs.small());

            assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(checks(report, Status.PASS))
                    .containsExactlyInAnyOrder(
                            "preflight.identity", "preflight.name", "preflight.instance-types", "preflight.addresses");
            assertThat(checks(report, Status.UNKNOWN))
                    .containsExactlyInAnyOrder("preflight.permissions", "preflight.version", "preflight.quota");
            assertThat(checks(report, Status.WARN)).containsExactly("preflight.cost");
        }
        assertThat(Listing.of(aws)).isEqualTo(before);
    }

    private static Set<String> checks(PreflightReport report, Status status) {
        return report.findings().stream()
                .filter(finding -> finding.status() == status)
                .map(PreflightFinding::check)
                .collect(Collectors.toSet());
    }

    /** Fails once moto has learned a feature: then it need not be omitted any longer. */
    @TestFactory
    Stream<DynamicTest> what_is_omitted_is_lacking() {
        aws.eks.createCluster(r -> r.name("bare")
                .roleArn("arn:aws:iam::123456789012:role/bare")
                .deletionProtection(true)
                .resourcesVpcConfig(v -> v.subnetIds("subnet-1", "subnet-2")));
        aws.eks.createNodegroup(r -> r.clusterName("bare")
                .nodegroupName("bare")
                .nodeRole("arn:aws:iam::123456789012:role/bare")
                .updateConfig(u -> u.maxUnavailable(2))
                .subnets("subnet-1"));
        return Moto.lacks().stream()
                .sorted()
                .map(feature -> DynamicTest.dynamicTest(feature.name(), () -> requireLacking(feature)));
    }

    private void requireLacking(EksFeature feature) {
        Nodegroup group = aws.eks
                .describeNodegroup(r -> r.clusterName("bare").nodegroupName("bare"))
                .nodegroup();
        switch (feature) {
            case LISTS_OF_ABSENT_CLUSTER -> fails(500, () -> aws.eks.listNodegroups(r -> r.clusterName("absent")));
            case ADDONS -> fails(404, () -> aws.eks.listAddons(r -> r.clusterName("bare")));
            case ACCESS_ENTRIES -> fails(404, () -> aws.eks.listAccessEntries(r -> r.clusterName("bare")));
            case POD_IDENTITY -> fails(404, () -> aws.eks.listPodIdentityAssociations(r -> r.clusterName("bare")));
            case VERSION_CATALOG -> fails(404, () -> aws.eks.describeClusterVersions(r -> {}));
            case VERSION_UPDATES ->
                fails(
                        404,
                        () -> aws.eks.updateClusterVersion(r -> r.name("bare").version("1.35")));
            case CLUSTER_CONFIG ->
                assertThat(aws.eks
                                .describeCluster(r -> r.name("bare"))
                                .cluster()
                                .deletionProtection())
                        .isNull();
            case UPDATE_CONFIG -> assertThat(group.updateConfig()).isNull();
            case AUTO_SCALING_GROUPS -> {
                assertThat(group.resources().autoScalingGroups()).isNotEmpty();
                assertThat(aws.autoScaling.describeAutoScalingGroups().autoScalingGroups())
                        .isEmpty();
            }
            case UPDATE_STATUS ->
                fails(404, () -> aws.eks.describeUpdate(r -> r.name("bare").updateId("bare")));
            case TAG_UPDATES -> {
                String template = aws.ec2
                        .createLaunchTemplate(
                                r -> r.launchTemplateName("bare").launchTemplateData(d -> d.ebsOptimized(true)))
                        .launchTemplate()
                        .launchTemplateId();
                aws.ec2.createTags(
                        r -> r.resources(template).tags(t -> t.key("team").value("robots")));
                assertThat(aws.ec2.describeLaunchTemplates().launchTemplates())
                        .singleElement()
                        .matches(found -> found.tags().isEmpty());
                String plan = backupPlan("tagged");
                fails(
                        500,
                        () -> aws.backup.updateBackupPlan(
                                r -> r.backupPlanId(plan).backupPlan(p -> p.backupPlanName("daily"))));
            }
            case PLACEMENT_GROUPS ->
                fails(
                        500,
                        () -> aws.ec2.createPlacementGroup(
                                r -> r.groupName("near").strategy("cluster")));
            case CAPABILITIES -> fails(404, () -> aws.eks.listCapabilities(r -> r.clusterName("bare")));
            case BACKUP_SELECTION -> {
                String plan = backupPlan("selected");
                fails(
                        500,
                        () -> aws.backup.createBackupSelection(r -> r.backupPlanId(plan)
                                .backupSelection(
                                        s -> s.selectionName("all").iamRoleArn("arn:aws:iam::123456789012:role/b"))));
            }
            case CLUSTER_SIDE -> throw new AssertionError("moto has no cluster at all");
        }
    }

    private String backupPlan(String name) {
        return aws.backup
                .createBackupPlan(r -> r.backupPlan(p -> p.backupPlanName(name)
                        .rules(rule -> rule.ruleName("daily").targetBackupVaultName("vault"))))
                .backupPlanId();
    }

    /** Not by an error of the service, which would have a code. */
    private static void fails(int status, Runnable call) {
        AwsServiceException failure = catchThrowableOfType(AwsServiceException.class, call::run);
        assertThat(failure).isNotNull();
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure.awsErrorDetails().errorCode()).isNull();
    }
}
