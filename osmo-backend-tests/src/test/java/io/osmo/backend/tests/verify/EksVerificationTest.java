// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import static io.osmo.backend.tests.verify.AppliedBackend.ids;
import static io.osmo.backend.tests.verify.AppliedBackend.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.eks.model.TaintEffect;

/** A backend that was applied passes its verification, and each defect is found by the checks that should find it. */
class EksVerificationTest extends VerificationContract<EksVerificationTest.World> {
    private static final String REGION = "us-west-2";
    private static final String TEMPLATE_LABEL = "k8s.io/cluster-autoscaler/node-template/label/nvidia.com/gpu.present";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Checks that are skipped on this backend, and why: no pool needs two nodes; the emulated API speaks plain HTTP; pods of the
     * VPC CNI have addresses of the VPC; the GPU Operator is installed after the backend; the operator pool has no taint unless
     * the spec asks for one.
     */
    private static final Set<String> NOT_APPLICABLE = Set.of(
            "pool.zone-spread",
            "security.tls-api-server",
            "network.node-pod-overlap",
            "gpu.allocatable",
            "gpu.present-label",
            "gpu.aks-driver-none",
            "pool.compute.accelerator-mapping",
            "pool.operator.taint");

    @Override
    World applied(BackendSpec spec) {
        return new World(spec);
    }

    @Override
    BackendSpec spec() {
        return backend("aws", REGION)
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .gpuPool(
                        "h100",
                        p -> p.instanceType("p5.48xlarge")
                                .zones("us-west-2a", "us-west-2b")
                                .scale(0, 8))
                .gpuPool("t4", p -> p.instanceType("g4dn.xlarge").scale(2, 4))
                .build();
    }

    @Override
    String service() {
        return "EKS";
    }

    @Override
    String readKey() {
        return "kms:DescribeKey";
    }

    @Override
    String denial() {
        return "AccessDenied";
    }

    @Override
    String defaultStorageClass() {
        return "gp3";
    }

    @Override
    void checkSkipped(Report report) {
        assertThat(ids(report, Status.SKIPPED).filter(id -> !needsProbe(id)))
                .containsOnlyOnceElementsOf(NOT_APPLICABLE);
    }

    /** A backend on emulated AWS. */
    static final class World extends AppliedBackend {
        World(BackendSpec spec) {
            super(spec);
        }

        AwsClients aws() {
            return clouds().aws().open(REGION, EksSettings.defaults());
        }

        /** As node groups of GPUs were before they got the label in their definition. */
        void unlabeled(String group) {
            aws().eks()
                    .updateNodegroupConfig(r -> r.clusterName(NAME)
                            .nodegroupName(group)
                            .labels(l -> l.removeLabels("nvidia.com/gpu.present")));
        }
    }

    /** Its credentials stand under an address of its own in Secrets. */
    @Test
    void docker_hub_is_a_registry_like_any_other() {
        BackendSpec spec = spec().toBuilder()
                .pullSecret("docker.io", "robot", () -> "dckr_pat_x")
                .build();
        try (World world = applied(spec)) {
            assertThat(problems(world.verify())).isEmpty();
        }
    }

    @Test
    void upper_bounds_beyond_the_quota_are_found() {
        BackendSpec tooBig = spec().toBuilder()
                .computePool("more", p -> p.instanceType("m7i.8xlarge").scale(0, 20))
                .build();
        try (World world = applied(tooBig)) {
            Report report = world.verify();

            assertThat(problems(report)).containsOnly(Map.entry("pool.quota", Status.WARN));
            assertThat(report.findings(Status.WARN).get(0).observed())
                    .contains("vCPUs of on-demand standard machines, L-1216C47A: 800 more needed, 628 free");
        }
    }

    @Test
    void facts_tell_what_the_cloud_knows() {
        try (World world = applied(spec())) {
            CloudFacts facts = world.backend().facts();

            CloudFacts.ControlPlane plane = facts.controlPlane().known().orElseThrow();
            assertThat(plane.version()).isEqualTo("1.35");
            assertThat(plane.standardSupportUntil().known()).hasToString("Optional[2027-03-27]");
            assertThat(plane.zones().known()).contains(List.of("us-west-2a", "us-west-2b", "us-west-2c"));
            assertThat(plane.publicCidrs()).containsExactly("203.0.113.0/24");
            assertThat(plane.logTypes().known().orElseThrow()).contains("audit");
            List<CloudFacts.Pool> pools = facts.pools().known().orElseThrow();
            assertThat(pools).extracting(CloudFacts.Pool::name).contains("operator", "cpu", "h100-us-west-2a");
            assertThat(pools)
                    .filteredOn(p -> p.name().startsWith("h100-"))
                    .allMatch(p -> p.specPool().equals(Optional.of("h100")))
                    .allMatch(p -> p.machine().known().orElseThrow().gpus() == 8);
            assertThat(facts.network().known().orElseThrow().subnets())
                    .hasSize(3)
                    .allMatch(
                            s -> s.egress().known().orElseThrow().orElseThrow().startsWith("nat-"));
            assertThat(facts.backup().known().orElseThrow().description()).endsWith("covers the cluster");
            assertThat(facts.volumeEncryption().known().orElseThrow().byDefault())
                    .isFalse();
            assertThat(plane.workloadIdentity().known()).contains(Optional.of("eks-pod-identity-agent"));
            assertThat(facts.network().known().orElseThrow().firewalls().known().orElseThrow())
                    .isNotEmpty()
                    .allMatch(f -> f.ids().size() == 1);
            Map<String, CloudFacts.Quota> quotas = facts.quotas().known().orElseThrow().stream()
                    .collect(Collectors.toMap(CloudFacts.Quota::name, q -> q));
            CloudFacts.Quota p = quotas.get("vCPUs of on-demand p machines, L-417A185B");
            assertThat(p.limit().known()).contains(1536L);
            assertThat(p.used().known()).contains(0L);
            assertThat(p.perMachine()).containsEntry("h100-us-west-2a", 192L).doesNotContainKey("cpu");
            assertThat(quotas.get("vCPUs of on-demand g machines, L-DB2E81BA")
                            .used()
                            .known())
                    .contains(8L);
        }
    }

    @Override
    Stream<Defect<World>> defects() {
        return Stream.of(
                Defect.of(
                        "newer node images",
                        w -> w.clouds().aws().publishNodeImages("20261201"),
                        "pool.node-image-newest",
                        Status.WARN),
                Defect.of(
                        "API open to the world",
                        w -> w.aws()
                                .eks()
                                .updateClusterConfig(
                                        r -> r.name(NAME).resourcesVpcConfig(v -> v.publicAccessCidrs("0.0.0.0/0"))),
                        "network.api-authorized-ranges",
                        Status.WARN),
                Defect.of(
                        "key disabled",
                        w -> w.aws()
                                .kms()
                                .disableKey(r -> r.keyId(w.aws()
                                        .kms()
                                        .describeKey(k -> k.keyId("alias/osmo-backend/" + NAME))
                                        .keyMetadata()
                                        .keyId())),
                        "control-plane.etcd-encryption",
                        Status.FAIL),
                new Defect<World>(
                        "node group without label",
                        w -> w.aws()
                                .eks()
                                .updateNodegroupConfig(r -> r.clusterName(NAME)
                                        .nodegroupName("cpu")
                                        .labels(l -> l.removeLabels("node-type"))),
                        Map.of("pool.compute.label", Status.WARN)),
                Defect.of(
                        "no identities for pods",
                        w -> w.aws().eks().deleteAddon(r -> r.clusterName(NAME).addonName("eks-pod-identity-agent")),
                        "security.workload-identity",
                        Status.WARN),
                Defect.of(
                        "second default class",
                        w -> w.cluster()
                                .put(Map.of(
                                        "apiVersion", "storage.k8s.io/v1",
                                        "kind", "StorageClass",
                                        "metadata",
                                                Map.of(
                                                        "name",
                                                        "gp3-too",
                                                        "annotations",
                                                        Map.of("storageclass.kubernetes.io/is-default-class", "true")),
                                        "provisioner", "ebs.csi.aws.com",
                                        "parameters", Map.of("type", "gp3", "encrypted", "true"),
                                        "allowVolumeExpansion", true,
                                        "reclaimPolicy", "Delete",
                                        "volumeBindingMode", "WaitForFirstConsumer")),
                        "storage.default-class",
                        Status.WARN),
                Defect.of(
                        "default route removed",
                        w -> w.aws()
                                .ec2()
                                .deleteRoute(r -> r.routeTableId(natTable(w).routeTableId())
                                        .destinationCidrBlock("0.0.0.0/0")),
                        "network.egress-route",
                        Status.FAIL),
                Defect.of(
                        "NAT gateway deleted",
                        w -> w.aws()
                                .ec2()
                                .deleteNatGateway(r -> r.natGatewayId(natTable(w).routes().stream()
                                        .map(route -> route.natGatewayId())
                                        .filter(id -> id != null)
                                        .findFirst()
                                        .orElseThrow())),
                        "network.egress-route",
                        Status.FAIL),
                Defect.of(
                        "operator pool fixed at one node",
                        w -> w.aws()
                                .eks()
                                .updateNodegroupConfig(r -> r.clusterName(NAME)
                                        .nodegroupName("operator")
                                        .scalingConfig(
                                                s -> s.minSize(1).maxSize(1).desiredSize(1))),
                        "pool.operator.autoscaling",
                        Status.WARN),
                Defect.of(
                        "backup assignment removed",
                        w -> w.aws()
                                .backup()
                                .listBackupPlans(r -> {})
                                .backupPlansList()
                                .forEach(plan -> w.aws()
                                        .backup()
                                        .listBackupSelections(r -> r.backupPlanId(plan.backupPlanId()))
                                        .backupSelectionsList()
                                        .forEach(s -> w.aws()
                                                .backup()
                                                .deleteBackupSelection(r -> r.backupPlanId(plan.backupPlanId())
                                                        .selectionId(s.selectionId())))),
                        "storage.backup",
                        Status.WARN),
                new Defect<World>(
                        "GPU pool without taint",
                        w -> w.aws()
                                .eks()
                                .updateNodegroupConfig(r -> r.clusterName(NAME)
                                        .nodegroupName("t4-us-west-2a")
                                        .taints(t -> t.removeTaints(taint -> taint.key("nvidia.com/gpu")
                                                .value("present")
                                                .effect(TaintEffect.NO_SCHEDULE)))),
                        Map.of("gpu.taint", Status.WARN, "pool.compute.taint", Status.WARN)),
                Defect.of(
                        "GPU nodes without the label that OSMO selects by",
                        w -> {
                            w.unlabeled("t4-us-west-2a");
                            w.cluster().installDevicePlugin();
                        },
                        "gpu.present-label",
                        Status.WARN),
                Defect.of(
                        "empty GPU pool without the label that OSMO selects by",
                        w -> w.unlabeled("h100-us-west-2b"),
                        "pool.scale-from-zero-template",
                        Status.WARN),
                Defect.of(
                        "autoscaler removed",
                        w -> w.cluster().remove("Deployment", "kube-system", "cluster-autoscaler"),
                        "pool.autoscaler-present",
                        Status.WARN),
                Defect.of(
                        "disk driver removed",
                        w -> w.aws().eks().deleteAddon(r -> r.clusterName(NAME).addonName("aws-ebs-csi-driver")),
                        "storage.csi-driver",
                        Status.FAIL));
    }

    private static RouteTable natTable(World world) {
        return world.aws().ec2().describeRouteTables(r -> {}).routeTables().stream()
                .filter(t -> t.routes().stream().anyMatch(route -> route.natGatewayId() != null))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void gpu_pools_get_the_label_that_osmo_selects_by_in_place() {
        try (World world = applied(spec())) {
            List.of("h100-us-west-2a", "h100-us-west-2b", "t4-us-west-2a").forEach(group -> {
                world.unlabeled(group);
                String asg = world.aws()
                        .eks()
                        .describeNodegroup(r -> r.clusterName(NAME).nodegroupName(group))
                        .nodegroup()
                        .resources()
                        .autoScalingGroups()
                        .get(0)
                        .name();
                world.aws()
                        .autoScaling()
                        .deleteTags(r -> r.tags(tag -> tag.resourceId(asg)
                                .resourceType("auto-scaling-group")
                                .key(TEMPLATE_LABEL)));
            });
            world.settle();

            assertThat(world.repair())
                    .hasSize(6)
                    .containsOnly(
                            "labels: {node-type=gpu} -> {node-type=gpu, nvidia.com/gpu.present=true}",
                            "tags." + TEMPLATE_LABEL + ": absent -> true");
            world.cluster().installDevicePlugin();
            assertThat(problems(world.verify())).isEmpty();
        }
    }

    @Test
    void nodes_follow_their_node_group() {
        try (World world = applied(spec())) {
            world.aws()
                    .eks()
                    .updateNodegroupConfig(r -> r.clusterName(NAME)
                            .nodegroupName("cpu")
                            .scalingConfig(s -> s.minSize(1).maxSize(20).desiredSize(5)));
            world.settle();

            assertThat(nodes(world)).hasSize(5).allSatisfy(node -> {
                assertThat(node.providerId()).matches("aws:///us-west-2[a-c]/i-[0-9a-f]+");
                assertThat(node.labels())
                        .containsEntry("eks.amazonaws.com/nodegroup", "cpu")
                        .containsEntry("node-type", "compute");
                assertThat(world.cluster().has("CSINode", "", node.name())).isTrue();
            });
            assertThat(problems(world.verify())).isEmpty();

            world.aws()
                    .eks()
                    .updateNodegroupConfig(r -> r.clusterName(NAME)
                            .nodegroupName("cpu")
                            .scalingConfig(s -> s.minSize(1).maxSize(20).desiredSize(2)));
            world.settle();

            assertThat(nodes(world)).hasSize(2);
        }
    }

    @Test
    void kubelets_follow_the_version_of_their_node_group() {
        try (World world =
                new World(spec().toBuilder().kubernetesVersion("1.34").build())) {
            assertThat(nodes(world))
                    .hasSize(1)
                    .allMatch(n -> n.kubelet().version().startsWith("v1.34."));

            world.aws().eks().updateClusterVersion(r -> r.name(NAME).version("1.35"));
            world.settle();
            world.aws()
                    .eks()
                    .updateNodegroupVersion(
                            r -> r.clusterName(NAME).nodegroupName("cpu").version("1.35"));
            world.settle();

            assertThat(nodes(world))
                    .hasSize(1)
                    .allMatch(n -> n.kubelet().version().startsWith("v1.35."));
            assertThat(problems(world.verify())).isEmpty();
        }
    }

    private static List<EmulatedNode> nodes(World world) {
        return world.cluster().nodes().stream()
                .filter(n -> n.machine().type().equals("m7i.2xlarge"))
                .toList();
    }

    private static boolean needsProbe(String id) {
        return BackendVerifier.standard().checks().stream()
                .anyMatch(c -> c.id().equals(id) && c.vantages().contains(Vantage.PROBE));
    }
}
