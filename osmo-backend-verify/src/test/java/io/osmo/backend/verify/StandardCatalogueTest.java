// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static io.osmo.backend.verify.Clusters.finding;
import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.PASS;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.Clusters.Cluster;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClaimFacts;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import io.osmo.backend.verify.snapshot.CrdFacts;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.ShardFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One row for each check: a defect planted in a good cluster is found by exactly this check and those that the row names, and
 * where the check cannot see it says so.
 */
class StandardCatalogueTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();
    private static final List<Case> CASES = new ArrayList<>();

    private record Case(
            String check,
            Status breach,
            Supplier<Cluster> good,
            Consumer<Cluster> defect,
            Map<String, Status> also,
            String... blind) {}

    static {
        row(
                "control-plane.managed-service",
                FAIL,
                c -> c.node("cpu-0", n -> n.providerId = "kind://docker/x"),
                "nodes");
        row("control-plane.status-active", FAIL, c -> c.healthy = false, "controlPlane");
        row(
                "control-plane.version-min",
                FAIL,
                c -> c.version = "v1.29.9-eks-1",
                Map.of("control-plane.kubelet-skew", WARN),
                "version");
        row(
                "control-plane.version-supported",
                WARN,
                c -> c.supportUntil = LocalDate.parse("2026-11-23"),
                "supportUntil");
        row("control-plane.kubelet-skew", WARN, c -> c.node("cpu-1", n -> n.kubelet = "v1.31.9-eks-1"), "nodes");
        row("control-plane.high-availability", WARN, c -> c.highlyAvailable = false, "cloud");
        row("control-plane.subnet-az-spread", WARN, c -> c.subnetZones = List.of("us-west-2a"), "network");
        row("control-plane.etcd-encryption", FAIL, c -> c.secretsKey = Optional.empty(), "secretsKey");
        row("control-plane.service-cidr-overlap", FAIL, c -> c.serviceCidr = Optional.of("10.0.128.0/20"), "network");
        row("control-plane.version-pin", WARN, c -> c.pinnedVersion = Optional.of("1.33.11"), "controlPlane");
        row("control-plane.name-length", WARN, c -> c.clusterName = "Train_West", "controlPlane");
        row("pool.quota", WARN, c -> c.vcpuLimit = Fact.of(100L), "cloudQuotas");
        row(
                "pool.compute.accelerator-mapping",
                FAIL,
                Clusters::goodGke,
                c -> c.pool("gpu", p -> p.gpus = 0),
                Map.of("gpu.pool-exists", FAIL),
                "pools");
        row(
                "gpu.aks-driver-none",
                FAIL,
                Clusters::goodAks,
                c -> c.pool("gpu", p -> p.driverByCloud = Fact.of(true)),
                Map.of(),
                "clusterPolicies");
        row(
                "network.eks-lb-sg",
                WARN,
                c -> c.firewalls.add(new CloudFacts.Firewalls("i-2", List.of("sg-cluster", "sg-old"))),
                "firewalls");
        row("security.workload-identity", WARN, c -> c.workloadIdentity = Optional.empty(), "workloadIdentity");
        row(
                "control-plane.identity-uid",
                FAIL,
                c -> c.namespaces.set(0, Clusters.namespace("kube-system", "", "Active")),
                "namespaces");
        row(
                "pool.operator.exists",
                FAIL,
                c -> c.nodes.removeIf(n -> n.name.startsWith("operator")),
                Map.of("operator.on-operator-nodes", WARN),
                "nodes");
        row(
                "pool.operator.min-ready",
                FAIL,
                c -> c.nodes.stream().filter(n -> n.name.startsWith("operator")).forEach(n -> n.cordoned = true),
                Map.of("node.ready", FAIL),
                "nodes");
        row("pool.operator.cpu", FAIL, c -> c.node("operator-1", n -> n.capacity.put("cpu", "2")), "nodes");
        row(
                "pool.operator.memory",
                FAIL,
                c -> c.node("operator-1", n -> n.capacity.put("memory", "7000000Ki")),
                "nodes");
        row("pool.operator.disk", FAIL, c -> c.pool("operator", p -> p.diskGib = Fact.of(20)), "pools");
        row(
                "pool.operator.disk-allocatable",
                WARN,
                c -> c.node("operator-0", n -> n.capacity.put("ephemeral-storage", "20959212Ki")),
                "nodes");
        row(
                "pool.operator.no-gpu",
                WARN,
                c -> c.node("operator-0", n -> n.labels.put("node.kubernetes.io/instance-type", "g6.xlarge")),
                Map.of("gpu.allocatable", FAIL, "gpu.taint", WARN, "gpu.present-label", WARN),
                "nodes");
        row(
                "pool.operator.instance-type",
                WARN,
                c -> c.node("operator-0", n -> n.labels.put("node.kubernetes.io/instance-type", "t3.xlarge")),
                "nodes");
        row("pool.operator.autoscaling", WARN, c -> c.pool("operator", p -> p.scale = new Scale(1, 2, 1)), "pools");
        row(
                "pool.operator.label-persistent",
                WARN,
                c -> c.pool("operator", p -> p.labels.remove("node-type")),
                "pools");
        row(
                "pool.operator.label",
                WARN,
                c -> c.node("operator-1", n -> n.labels.put("node-type", "compute")),
                Map.of("pool.compute.size", WARN),
                "nodes");
        row("pool.operator.taint", WARN, c -> c.node("operator-1", n -> n.taints = List.of()), "nodes");
        row(
                "pool.isolation-from-operator",
                WARN,
                c -> c.pods.add(Clusters.pod("osmo-workflows", "stray", "operator-0", "Running", "", 0, "")),
                "pods");
        row(
                "pool.zone-spread",
                WARN,
                c -> c.nodes.stream()
                        .filter(n -> n.name.startsWith("cpu"))
                        .forEach(n -> n.labels.put("topology.kubernetes.io/zone", "us-west-2a")),
                "nodes");
        row(
                "pool.compute.exists",
                FAIL,
                c -> {
                    c.nodes.removeIf(n -> !n.name.startsWith("operator"));
                    c.pools.removeIf(p -> !p.name.equals("operator"));
                },
                Map.of("gpu.pool-exists", FAIL),
                "nodes");
        row("pool.compute.label", WARN, c -> c.node("cpu-2", n -> n.labels.remove("node-type")), "nodes");
        row("pool.compute.autoscaling", WARN, c -> c.pool("cpu", p -> p.scale = new Scale(4, 4, 4)), "pools");
        row("pool.compute.size", WARN, c -> c.node("cpu-2", n -> n.capacity.put("cpu", "4")), "nodes");
        row(
                "pool.compute.usable-cpu",
                FAIL,
                c -> c.pods.add(Clusters.pod("monitoring", "greedy", "cpu-2", "Running", "ReplicaSet", 5951, "")),
                "pods");
        row(
                "pool.compute.taint",
                WARN,
                c -> c.node("gpu-0", n -> n.taints = List.of()),
                Map.of("gpu.taint", WARN, "pool.compute.isolation", SKIPPED),
                "nodes");
        row(
                "pool.compute.isolation",
                WARN,
                c -> c.pods.add(Clusters.pod("kube-system", "coredns-2", "gpu-0", "Running", "ReplicaSet", 0, "")),
                "pods");
        row(
                "pool.compute.instance-type-retired",
                WARN,
                c -> c.node("gpu-0", n -> n.labels.put("node.kubernetes.io/instance-type", "p3.2xlarge")),
                "nodes");
        row(
                "pool.autoscaler-present",
                WARN,
                c -> c.deployments.removeIf(d -> d.name().equals("cluster-autoscaler")),
                "deployments");
        row(
                "pool.scale-from-zero-template",
                WARN,
                c -> c.pool("gpu", p -> p.labels.remove("nvidia.com/gpu.present")),
                "pools");
        row("pool.health", FAIL, c -> c.pool("cpu", p -> p.issues = List.of("AsgInstanceLaunchFailures")), "pools");
        row(
                "pool.system-workloads-home",
                FAIL,
                c -> c.pods.add(Clusters.pod(
                        "kube-system", "coredns-3", "", "Pending", "ReplicaSet", 100, "0/6 nodes: untolerated taint")),
                "pods");
        row("runtime.containerd", FAIL, c -> c.node("cpu-0", n -> n.runtime = "cri-o://1.30.0"), "nodes");
        row("runtime.containerd-version", FAIL, c -> c.node("cpu-0", n -> n.runtime = "containerd://1.7.26"), "nodes");
        row("runtime.containerd-cve", WARN, c -> c.node("cpu-0", n -> n.runtime = "containerd://2.0.3"), "nodes");
        row("runtime.os-image", WARN, c -> c.node("cpu-0", n -> n.osImage = "Amazon Linux 2"), "nodes");
        row("runtime.arch", FAIL, c -> c.node("cpu-0", n -> n.architecture = "s390x"), "nodes");
        row("node.ready", WARN, c -> c.node("cpu-0", n -> n.conditions.put("Ready", "Unknown")), "nodes");
        row(
                "node.hostname-label",
                FAIL,
                c -> c.node("cpu-0", n -> n.labels.put("kubernetes.io/hostname", "other")),
                "nodes");
        row(
                "node.allocatable-keys",
                FAIL,
                c -> c.node("cpu-0", n -> n.allocatable.remove("ephemeral-storage")),
                "nodes");
        row("node.pressure", WARN, c -> c.node("cpu-0", n -> n.conditions.put("DiskPressure", "True")), "nodes");
        row("network.vpc", FAIL, c -> c.freeAddresses = 10, "network");
        row("network.egress-route", FAIL, c -> c.egress = Fact.of(Optional.empty()), "network");
        row(
                "network.node-pod-overlap",
                FAIL,
                c -> c.node("cpu-0", n -> {
                    n.podCidrs = List.of("10.1.0.0/24");
                    n.ips = List.of("10.1.0.7");
                }),
                "nodes");
        row(
                "network.service-url-shape",
                FAIL,
                c -> c.expectations = c.expectations.withServiceUrl("https://osmo.example.com/osmo"),
                Map.of("operator.service-url", FAIL));
        row("network.api-authorized-ranges", WARN, c -> c.publicCidrs = List.of("0.0.0.0/0"), "controlPlane");
        row(
                "storage.default-class",
                FAIL,
                c -> c.storageClasses.clear(),
                Map.of(
                        "storage.cloud-native", SKIPPED,
                        "storage.csi-driver", SKIPPED,
                        "storage.encryption", SKIPPED,
                        "storage.reclaim-expand", SKIPPED),
                "storageClasses");
        row(
                "storage.cloud-native",
                WARN,
                c -> c.storageClasses.set(
                        0,
                        new StorageClassFacts(
                                "gp2",
                                "kubernetes.io/aws-ebs",
                                Map.of(),
                                true,
                                true,
                                "Delete",
                                "WaitForFirstConsumer",
                                Fact.unknown("not told"))),
                // Kubernetes hands such a class to the CSI driver, which is there.
                Map.of("storage.encryption", WARN),
                "storageClasses");
        row("storage.csi-driver", FAIL, c -> c.csiNodes.remove(0), "csiNodes");
        row(
                "storage.encryption",
                WARN,
                c -> c.storageClasses.set(
                        0,
                        new StorageClassFacts(
                                "gp3",
                                "ebs.csi.aws.com",
                                Map.of(),
                                true,
                                true,
                                "Delete",
                                "WaitForFirstConsumer",
                                Fact.unknown("not told"))),
                "storageClasses");
        row("storage.node-disks", WARN, c -> c.pool("cpu", p -> p.diskEncrypted = Fact.of(false)), "pools");
        row("storage.backup", WARN, c -> c.backup = new CloudFacts.BackupFacts(false, "no backup plan"), "backup");
        row(
                "storage.reclaim-expand",
                WARN,
                c -> c.storageClasses.set(
                        0,
                        new StorageClassFacts(
                                "gp3",
                                "ebs.csi.aws.com",
                                Map.of("encrypted", "true"),
                                true,
                                false,
                                "Delete",
                                "WaitForFirstConsumer",
                                Fact.unknown("not told"))),
                "storageClasses");
        row("registry.pull-secret", FAIL, c -> c.secrets.remove(1), "secrets");
        row("security.tls-api-server", FAIL, c -> c.tlsVerified = false, "tlsVerified");
        row(
                "security.tls-service-url",
                FAIL,
                c -> c.expectations = c.expectations.withServiceUrl("http://osmo.example.com"),
                Map.of("operator.service-url", FAIL));
        row(
                "gpu.pool-exists",
                FAIL,
                c -> c.pools.removeIf(p -> p.name.equals("gpu")),
                Map.of("pool.scale-from-zero-template", SKIPPED, "pool.compute.taint", PASS),
                "pools");
        row(
                "gpu.allocatable",
                FAIL,
                c -> c.node("gpu-0", n -> n.allocatable.put("nvidia.com/gpu", "0")),
                Map.of("gpu.count-matches", WARN),
                "nodes");
        row(
                "gpu.taint",
                WARN,
                c -> c.node("gpu-0", n -> n.taints = List.of(new Taint("sku", "gpu", Clusters.GPU.effect()))),
                Map.of("pool.compute.taint", WARN),
                "nodes");
        row("gpu.present-label", WARN, c -> c.node("gpu-0", n -> n.labels.remove("nvidia.com/gpu.present")), "nodes");
        row(
                "operator.namespaces",
                FAIL,
                c -> c.namespaces.set(2, Clusters.namespace("osmo-workflows", "u2", "Terminating")),
                "namespaces");
        row(
                "operator.token-secret",
                FAIL,
                c -> c.secrets.remove(2),
                Map.of("operator.token-format", SKIPPED),
                "secrets");
        row(
                "operator.token-format",
                FAIL,
                c -> c.secrets.set(2, Clusters.token(new SecretFacts.TokenShape(42, true))),
                "secrets");
        row(
                "kai.priority-classes",
                FAIL,
                c -> c.priorityClasses.set(0, new PriorityClassFacts("osmo-high", 1000, false)),
                "priorityClasses");

        row(
                "control-plane.version-validated",
                WARN,
                Clusters::goodAks,
                c -> c.node("gpu-0", n -> n.kubelet = "v1.34.2"),
                Map.of("control-plane.kubelet-skew", WARN),
                "nodes");
        row(
                "control-plane.autopilot",
                WARN,
                c -> c.node("cpu-0", n -> n.labels.put("eks.amazonaws.com/compute-type", "auto")),
                "nodes");
        row("control-plane.endpoint-reachable", FAIL, c -> c.trouble.add("etcd"), "trouble");
        row(
                "control-plane.credentials-admin",
                FAIL,
                Clusters::bareEks,
                c -> c.ownRights.set(1, right("", "create", "clusterroles", false)),
                Map.of(),
                "ownRights");
        row(
                "pool.operator.taint-tolerated",
                FAIL,
                c -> c.change("osmo-osmo-backend-worker", d -> Clusters.with(d, without(d, true, false))),
                "deployments");
        row(
                "pool.operator.fits-operator",
                FAIL,
                c -> c.pods.add(Clusters.pod("monitoring", "p", "operator-0", "Running", "", 6000, "")),
                "pods");
        row(
                "pool.compute.usable-storage",
                FAIL,
                c -> c.pods.add(Clusters.pod("monitoring", "p", "cpu-0", "Running", "", 0, 0, 94L << 30, "")),
                "pods");
        row(
                "pool.spot-taint",
                WARN,
                Clusters::goodAks,
                c -> c.node("cpu-1", n -> {
                    n.labels.put("kubernetes.azure.com/scalesetpriority", "spot");
                    n.taints = List.of(
                            new Taint("kubernetes.azure.com/scalesetpriority", "spot", Taint.Effect.NO_SCHEDULE));
                }),
                Map.of("pool.compute.isolation", PASS),
                "nodes");
        row(
                "runtime.containerd2-gpu",
                WARN,
                c -> c.daemonSets.set(
                        1,
                        Clusters.installed("gpu-operator", "nvidia-container-toolkit-daemonset", "x:v1", Map.of(), "")),
                "daemonSets");
        row("node.units-parsable", FAIL, c -> c.node("cpu-0", n -> n.allocatable.put("memory", "1E")), "nodes");
        row(
                "node.transient-taints",
                WARN,
                c -> c.node(
                        "cpu-0",
                        n -> n.taints = List.of(new Taint(
                                "node.cloudprovider.kubernetes.io/uninitialized", "true", Taint.Effect.NO_SCHEDULE))),
                "nodes");
        row(
                "node.kai-shard-label",
                WARN,
                c -> {
                    c.node("cpu-0", n -> n.labels.put("kai.scheduler/node-pool", "batch"));
                    c.shards.add(new ShardFacts("batch", "batch", Map.of()));
                },
                "nodes");
        row("node.pods-capacity", WARN, c -> c.node("cpu-0", n -> n.allocatable.put("pods", "17")), "nodes");
        row(
                "network.dns-endpoints",
                FAIL,
                c -> c.endpoints.set(0, new EndpointFacts("kube-system", "kube-dns", 0)),
                "endpoints");
        row("network.policy-support", WARN, c -> c.daemonSets.remove(0), "networkPolicies");
        row(
                "network.policy-cidrs",
                WARN,
                c -> c.networkPolicies.set(
                        0,
                        Clusters.policy(
                                "osmo-workflow-network-policy",
                                "osmo-workflows",
                                new NetworkPolicyFacts.Rule(List.of(), List.of(), List.of()))),
                "networkPolicies");
        row(
                "network.policy-dns",
                FAIL,
                c -> c.networkPolicies.set(
                        0,
                        Clusters.policy(
                                "osmo-workflow-network-policy",
                                "osmo-workflows",
                                c.networkPolicies.get(0).rules().get(0))),
                "networkPolicies");
        row(
                "network.default-deny",
                WARN,
                c -> c.networkPolicies.add(Clusters.policy("deny", "osmo-operator")),
                "networkPolicies");
        row("network.ipv6", WARN, c -> c.node("cpu-0", n -> n.ips = List.of("fd00::7")), "nodes");
        row(
                "storage.empty-class-trap",
                WARN,
                c -> c.claims.add(claim("trap", Optional.of(""), "ReadWriteOnce")),
                "claims");
        row("storage.rwx", WARN, c -> c.claims.add(claim("shared", Optional.empty(), "ReadWriteMany")), "claims");
        row(
                "storage.ephemeral",
                WARN,
                c -> c.node("cpu-0", n -> n.allocatable.put("ephemeral-storage", "40Gi")),
                "nodes");
        row(
                "registry.pull-secret-attached",
                WARN,
                c -> c.change("osmo-osmo-backend-worker", d -> Clusters.with(d, without(d, false, true))),
                "deployments");
        row(
                "registry.tag-pinned",
                WARN,
                c -> c.image("osmo-osmo-backend-worker", "registry.example.com/osmo/backend-worker:latest"),
                "deployments");
        row(
                "security.psa-workflow-namespace",
                FAIL,
                c -> c.namespaces.set(2, new NamespaceFacts("osmo-workflows", "u2", "Active", "restricted")),
                "namespaces");
        row(
                "security.psa-agent-namespace",
                FAIL,
                c -> c.namespaces.set(1, new NamespaceFacts("osmo-operator", "u1", "Active", "restricted")),
                "namespaces");
        row("security.policy-engines", WARN, c -> c.apiGroups.add("kyverno.io"), "apiGroups");
        row(
                "security.rbac-worker",
                FAIL,
                c -> c.operatorRights.add(right(Clusters.WORKER_ACCOUNT, "create", "secrets", false)),
                "operatorRights");
        row(
                "security.rbac-listener",
                FAIL,
                c -> c.operatorRights.add(right(Clusters.LISTENER_ACCOUNT, "watch", "nodes", false)),
                "operatorRights");
        row(
                "security.rbac-least-privilege",
                WARN,
                c -> c.operatorRights.set(0, right(Clusters.LISTENER_ACCOUNT, "*", "*", true)),
                "operatorRights");
        row(
                "security.token-exposure",
                WARN,
                c -> c.container(
                        "osmo-osmo-backend-worker",
                        x -> new TemplateFacts.Container(
                                x.name(),
                                x.image(),
                                x.flags(),
                                x.memoryLimit(),
                                x.startup(),
                                "",
                                List.of("OSMO_TOKEN"))),
                "deployments");
        row(
                "gpu.operator-installed",
                FAIL,
                c -> c.clusterPolicies.set(
                        0, new ClusterPolicyFacts("cluster-policy", "notReady", true, Fact.of(true))),
                "clusterPolicies");
        row(
                "gpu.operator-version",
                WARN,
                c -> c.image("gpu-operator", "nvcr.io/nvidia/gpu-operator:v25.3.4"),
                "deployments");
        row("gpu.single-device-plugin", WARN, c -> c.devicePlugin("kube-system", "nvidia-device-plugin"), "daemonSets");
        row(
                "gpu.gke-plugin-disabled",
                WARN,
                Clusters::goodGke,
                c -> c.node("gpu-0", n -> n.labels.remove("gke-no-default-nvidia-gpu-device-plugin")),
                Map.of(),
                "nodes");
        row("gpu.gke-resourcequota", WARN, Clusters::goodGke, c -> c.quotas.clear(), Map.of(), "quotas");
        row("gpu.runtimeclass", FAIL, c -> c.runtimeClasses.clear(), "runtimeClasses");
        row(
                "gpu.driver-version",
                FAIL,
                c -> c.node("gpu-0", n -> n.labels.put("nvidia.com/cuda.driver.major", "525")),
                "nodes");
        row(
                "gpu.cuda-version",
                WARN,
                c -> c.node("gpu-0", n -> n.labels.put("nvidia.com/cuda.runtime.major", "12")),
                "nodes");
        row(
                "gpu.count-matches",
                WARN,
                c -> c.node("gpu-0", n -> {
                    n.labels.put("eks.amazonaws.com/nodegroup", "elsewhere");
                    n.labels.put("nvidia.com/gpu.count", "8");
                }),
                "nodes");
        row("gpu.mig-mode", WARN, c -> c.node("gpu-0", n -> n.allocatable.put("nvidia.com/mig-1g.10gb", "7")), "nodes");
        row(
                "kai.crds",
                FAIL,
                c -> c.crds.set(0, new CrdFacts("podgroups.scheduling.run.ai", Set.of("v2"), true, Optional.empty())),
                "crds");
        row("kai.topology-crd", WARN, c -> c.crds.remove(3), "crds");
        row("kai.installed-not-orphan", FAIL, c -> c.change("binder", d -> Clusters.ready(d, 0)), "deployments");
        row(
                "kai.version",
                WARN,
                c -> c.deployments.stream()
                        .filter(d -> d.namespace().equals("kai-scheduler"))
                        .toList()
                        .forEach(d -> c.image(d.name(), "ghcr.io/nvidia/kai-scheduler/x:v0.9.3")),
                "deployments");
        row(
                "kai.flag-staleness",
                FAIL,
                c -> c.flag("kai-scheduler-default", "defaultstalenessgraceperiod", null),
                "shards");
        row(
                "kai.flag-eviction-condition",
                WARN,
                c -> c.flag("kai-scheduler-default", "updatepodevictioncondition", "false"),
                "shards");
        row("kai.scheduler-name", FAIL, c -> c.schedulerNames.set(0, "other-scheduler"), "schedulerNames");
        row(
                "kai.webhook-health",
                FAIL,
                c -> c.webhooks.set(
                        0,
                        new WebhookFacts(
                                "validating/validating-kai-admission", "kai-scheduler/admission", false, true)),
                "webhooks");
        row(
                "kai.shard-covers-nodes",
                WARN,
                c -> c.shards.set(0, new ShardFacts("default", "batch", Map.of())),
                "shards");
        row(
                "kai.order",
                WARN,
                c -> {
                    c.queues.clear();
                    c.crds.set(
                            1,
                            new CrdFacts(
                                    "queues.scheduling.run.ai",
                                    Set.of("v2"),
                                    true,
                                    Optional.of(Instant.parse("2026-11-23T23:59:59Z"))));
                },
                "queues");
        row("kai.queue-parent", FAIL, c -> c.queues.remove(0), "queues");
        row(
                "kai.queue-name-length",
                WARN,
                c -> c.expectations = c.expectations.withNamespaces("osmo-operator", "w".repeat(60)),
                // The task in the old namespace no longer counts as one.
                Map.of("operator.namespaces", FAIL, "registry.pull-secret", FAIL, "pool.compute.usable-cpu", FAIL));
        row(
                "operator.login-method",
                FAIL,
                c -> c.flag("osmo-osmo-backend-worker", "loginmethod", "password"),
                "deployments");
        row(
                "operator.deployments-available",
                FAIL,
                c -> c.change("osmo-osmo-backend-worker", d -> Clusters.ready(d, 0)),
                "deployments");
        row(
                "operator.restarts",
                WARN,
                c -> c.pods.add(Clusters.operatorPod("worker", 3, "OOMKilled", 137, "")),
                "pods");
        row(
                "operator.on-operator-nodes",
                WARN,
                c -> c.pods.add(Clusters.pod(
                        "osmo-operator", "osmo-osmo-backend-worker-2", "cpu-2", "Running", "ReplicaSet", 0, "")),
                "pods");
        row(
                "operator.service-url",
                FAIL,
                c -> c.flag("osmo-osmo-backend-listener", "host", "http://osmo-agent:8000"),
                "deployments");
        row(
                "operator.resources",
                WARN,
                c -> c.container(
                        "osmo-osmo-backend-listener",
                        x -> new TemplateFacts.Container(
                                x.name(), x.image(), x.flags(), "256Mi", x.startup(), "", List.of())),
                "deployments");
        row(
                "operator.startup-probe",
                WARN,
                c -> c.container(
                        "osmo-osmo-backend-listener",
                        x -> new TemplateFacts.Container(
                                x.name(),
                                x.image(),
                                x.flags(),
                                x.memoryLimit(),
                                Optional.of(new TemplateFacts.Probe(15, 12)),
                                "",
                                List.of())),
                "deployments");
        row(
                "operator.single-instance",
                FAIL,
                c -> c.deployments.add(find(c, "osmo-osmo-backend-listener")),
                "deployments");
        row(
                "operator.node-prefix",
                WARN,
                c -> c.flag("osmo-osmo-backend-worker", "nodeconditionprefix", "osmo.example.com/"),
                "deployments");
        row(
                "operator.test-namespace",
                WARN,
                c -> c.flag("osmo-osmo-backend-worker", "testrunnernamespace", "nowhere"),
                "deployments");
        row(
                "operator.helm-release",
                WARN,
                c -> c.releases.set(1, new HelmReleaseFacts("kai-scheduler", "kai-scheduler", 2, "pending-upgrade")),
                "helmReleases");
        row(
                "operator.log-scan",
                WARN,
                c -> c.operatorLogs.set(1, Clusters.operatorLog("worker", LogPhrase.NAME_TAKEN)),
                "operatorLogs");
        row(
                "operator.podmonitor-crd",
                FAIL,
                c -> c.crds.set(
                        7,
                        new CrdFacts("podmonitors.monitoring.coreos.com", Set.of("v1alpha1"), true, Optional.empty())),
                "crds");
        row(
                "operator.ephemeral-metrics",
                WARN,
                c -> c.change("k8s-ephemeral-storage-metrics", d -> Clusters.ready(d, 0)),
                "deployments");
    }

    private static PermissionFacts right(String subject, String verb, String resource, boolean allowed) {
        return new PermissionFacts(subject, verb, "", resource, "", allowed);
    }

    private static ClaimFacts claim(String name, Optional<String> storageClass, String mode) {
        return new ClaimFacts("osmo-workflows", name, storageClass, List.of(mode), "Pending");
    }

    private static WorkloadFacts find(Cluster cluster, String deployment) {
        return cluster.deployments.stream()
                .filter(d -> d.name().equals(deployment))
                .findFirst()
                .orElseThrow();
    }

    /** The template of a deployment without its tolerations or without its pull secrets. */
    private static TemplateFacts without(WorkloadFacts deployment, boolean tolerations, boolean pullSecrets) {
        TemplateFacts t = deployment.template().orElseThrow();
        return new TemplateFacts(
                t.serviceAccount(),
                t.nodeSelector(),
                tolerations ? List.of() : t.tolerations(),
                pullSecrets ? List.of() : t.pullSecrets(),
                t.containers(),
                t.secrets(),
                true);
    }

    private static void row(String check, Status breach, Consumer<Cluster> defect, String... blind) {
        row(check, breach, defect, Map.of(), blind);
    }

    private static void row(
            String check, Status breach, Consumer<Cluster> defect, Map<String, Status> also, String... blind) {
        row(check, breach, Clusters::goodEks, defect, also, blind);
    }

    private static void row(
            String check,
            Status breach,
            Supplier<Cluster> good,
            Consumer<Cluster> defect,
            Map<String, Status> also,
            String... blind) {
        CASES.add(new Case(check, breach, good, defect, also, blind));
    }

    @TestFactory
    Stream<DynamicTest> a_good_backend_gives_no_failure_no_warning_and_no_unknown() {
        return Map.of(
                        "EKS", Clusters.goodEks(),
                        "EKS before anything is installed", Clusters.bareEks(),
                        "GKE", Clusters.goodGke(),
                        "AKS", Clusters.goodAks())
                .entrySet()
                .stream()
                .map(good -> DynamicTest.dynamicTest(good.getKey(), () -> {
                    Report report = VERIFIER.verify(good.getValue().snapshot());

                    assertThat(report.findings())
                            .filteredOn(f -> Set.of(FAIL, WARN, UNKNOWN).contains(f.status()))
                            .isEmpty();
                    assertThat(report.passed()).isTrue();
                }));
    }

    /** Another backend in the same cluster, whose operator is in its own namespaces or in that of this backend. */
    @ParameterizedTest
    @ValueSource(strings = {"other-operator", "osmo-operator"})
    void the_operator_of_another_backend_is_judged_by_nothing_that_is_expected_of_this_one(String namespace) {
        Cluster cluster = Clusters.goodEks();
        for (String part : List.of("listener", "worker")) {
            WorkloadFacts own = find(cluster, "osmo-osmo-backend-" + part);
            cluster.deployments.add(new WorkloadFacts(namespace, "other-osmo-backend-" + part, 1, 0, own.template()));
            cluster.flag("other-osmo-backend-" + part, "host", "https://other.example.com");
            cluster.flag("other-osmo-backend-" + part, "namespace", "other-workflows");
            cluster.flag("other-osmo-backend-" + part, "nodeconditionprefix", "x");
            cluster.pods.add(Clusters.pod(
                    namespace, "other-osmo-backend-" + part + "-1", "cpu-0", "Running", "ReplicaSet", 0, ""));
        }

        assertThat(VERIFIER.verify(cluster.snapshot()).findings())
                .filteredOn(f -> Set.of(FAIL, WARN, UNKNOWN).contains(f.status()))
                .isEmpty();
    }

    @Test
    void a_ready_operator_of_another_backend_does_not_stand_in_for_one_that_is_down() {
        Cluster cluster = Clusters.goodEks();
        WorkloadFacts own = find(cluster, "osmo-osmo-backend-worker");
        cluster.deployments.add(new WorkloadFacts("other-operator", "other-worker", 1, 1, own.template()));
        cluster.change("osmo-osmo-backend-worker", d -> Clusters.ready(d, 0));

        assertThat(finding(cluster, "operator.deployments-available").status()).isEqualTo(FAIL);
    }

    @Test
    void two_listeners_of_one_backend_in_two_namespaces_are_found() {
        Cluster cluster = Clusters.goodEks();
        WorkloadFacts own = find(cluster, "osmo-osmo-backend-listener");
        cluster.deployments.add(new WorkloadFacts("old-operator", "old-listener", 1, 1, own.template()));

        assertThat(finding(cluster, "operator.single-instance").status()).isEqualTo(FAIL);
        assertThat(finding(cluster, "operator.single-instance").observed())
                .contains("2 of backend train-west at https://osmo.example.com");
    }

    /** As OSMO's own script installs it, judged without a spec. */
    @Test
    void the_token_is_looked_for_where_the_operator_that_is_installed_mounts_it() {
        Cluster cluster = Clusters.goodEks();
        for (String part : List.of("listener", "worker")) {
            cluster.change(
                    "osmo-osmo-backend-" + part, d -> Clusters.with(d, mounting(d, "osmo-operator-token", "token")));
        }
        SecretFacts token = cluster.secrets.remove(2);
        assertThat(finding(cluster, "operator.token-secret").observed())
                .isEqualTo("secret/osmo-operator/osmo-operator-token is missing");

        cluster.secrets.add(new SecretFacts(
                token.namespace(),
                "osmo-operator-token",
                token.type(),
                token.keys(),
                token.registries(),
                token.token()));

        assertThat(finding(cluster, "operator.token-secret").status()).isEqualTo(PASS);
        assertThat(finding(cluster, "operator.token-format").status()).isEqualTo(PASS);

        cluster.change("osmo-osmo-backend-listener", d -> Clusters.with(d, mounting(d, "osmo-operator-token", "jwt")));
        assertThat(finding(cluster, "operator.token-secret").observed()).contains("has no entry 'jwt'");
        assertThat(finding(cluster, "operator.token-format").status()).isEqualTo(SKIPPED);
    }

    private static TemplateFacts mounting(WorkloadFacts deployment, String secret, String key) {
        TemplateFacts t = deployment.template().orElseThrow();
        return new TemplateFacts(
                t.serviceAccount(),
                t.nodeSelector(),
                t.tolerations(),
                t.pullSecrets(),
                t.containers(),
                Fact.of(List.of(new TemplateFacts.SecretVolume("osmo-secret", secret, List.of(key)))),
                t.current());
    }

    @Test
    void every_check_that_needs_no_probe_has_its_row() {
        assertThat(CASES.stream().map(Case::check))
                .containsExactlyInAnyOrderElementsOf(VERIFIER.checks().stream()
                        .filter(c -> !c.vantages().contains(Vantage.PROBE))
                        .map(Check::id)
                        .toList());
    }

    @Test
    void every_requirement_has_a_check() {
        assertThat(VERIFIER.checks().stream().flatMap(c -> c.requirement().stream()))
                .contains(Requirement.values());
    }

    @TestFactory
    Stream<DynamicTest> a_planted_defect_is_found_by_exactly_the_checks_that_are_about_it() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Map<String, Status> good = statuses(row.good().get());
                    Cluster cluster = row.good().get();
                    row.defect().accept(cluster);
                    Map<String, Status> expected = new TreeMap<>(row.also());
                    expected.put(row.check(), row.breach());

                    Map<String, Status> changed = statuses(cluster);
                    changed.entrySet()
                            .removeIf(e -> good.get(e.getKey()) == e.getValue() && !expected.containsKey(e.getKey()));
                    // Where a defect takes away what other checks are about, they have nothing to judge.
                    changed.entrySet().removeIf(e -> e.getValue() == SKIPPED && !expected.containsKey(e.getKey()));

                    assertThat(changed).isEqualTo(expected);
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_check_says_what_was_observed_expected_and_what_to_do_next() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Cluster cluster = row.good().get();
                    row.defect().accept(cluster);

                    Finding finding = finding(cluster, row.check());

                    assertThat(finding.observed()).isNotBlank();
                    assertThat(finding.expected()).isNotBlank();
                    assertThat(finding.next()).isNotBlank();
                    assertThat(finding.resources())
                            .as("names, not what Java prints of a record")
                            .noneMatch(r -> r.contains("[") || r.contains("="));
                }));
    }

    @TestFactory
    Stream<DynamicTest> what_could_not_be_read_is_unknown_and_never_passed() {
        return CASES.stream()
                .filter(row -> row.blind().length > 0)
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Finding finding = finding(row.good().get().blind(row.blind()), row.check());

                    assertThat(finding.status()).isEqualTo(UNKNOWN);
                    assertThat(finding.observed()).contains("403 on " + row.blind()[0]);
                }));
    }

    @Test
    void every_check_that_reads_something_has_its_unknown() {
        assertThat(CASES.stream().filter(row -> row.blind().length == 0).map(Case::check))
                .containsExactlyInAnyOrderElementsOf(VERIFIER.checks().stream()
                        .filter(c -> c.vantages().isEmpty())
                        .map(Check::id)
                        .toList());
    }

    /** Whatever part of a bad cluster cannot be read, its defect never looks like something that was found in order. */
    @TestFactory
    Stream<DynamicTest> a_defect_never_passes_because_something_could_not_be_read() {
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(row.check(), () -> {
                    Check check = VERIFIER.checks().stream()
                            .filter(c -> c.id().equals(row.check()))
                            .findFirst()
                            .orElseThrow();

                    assertThat(Clusters.PARTS).noneMatch(part -> {
                        Cluster cluster = row.good().get().blind(part);
                        row.defect().accept(cluster);
                        return check.evaluate(new Evidence(cluster.snapshot())).stream()
                                .anyMatch(finding -> finding.status() == PASS);
                    });
                }));
    }

    @Test
    void a_pool_that_may_be_empty_and_have_gpus_is_not_passed_without_their_label() {
        Cluster cluster = Clusters.goodEks();
        cluster.pool("cpu", p -> p.scale = new Scale(0, 20, 3));
        cluster.pool("cpu", p -> p.machine = Fact.unknown("403 on machine"));
        cluster.pool("gpu", p -> p.machine = Fact.unknown("403 on machine"));

        Finding unclear = finding(cluster, "pool.scale-from-zero-template");
        assertThat(unclear.status()).isEqualTo(UNKNOWN);
        assertThat(unclear.observed()).isEqualTo("whether cpu has GPUs: 403 on machine");

        // What says that it is for GPUs is judged as if it had some, whatever is unknown beside it.
        cluster.pool("gpu", p -> p.labels.put("nvidia.com/gpu.present", "false"));
        Finding breach = finding(cluster, "pool.scale-from-zero-template");
        assertThat(breach.status()).isEqualTo(WARN);
        assertThat(breach.observed())
                .isEqualTo("gpu lacks the label nvidia.com/gpu.present=true (1 of 2 pools that scale from zero)");
        assertThat(breach.next()).contains("on the node pool itself");

        cluster.pool("gpu", p -> p.labels.put("nvidia.com/gpu.present", "true"));
        cluster.pool("cpu", p -> p.machine = Fact.of(new CloudFacts.Machine("m7i.2xlarge", 8, 32768, 0, "amd64")));
        assertThat(finding(cluster, "pool.scale-from-zero-template").status()).isEqualTo(PASS);
    }

    /** A check that never passes proves nothing. */
    @TestFactory
    Stream<DynamicTest> in_one_of_the_good_backends_each_check_passes() {
        Cluster withPodRanges = Clusters.goodEks().eachNode(n -> n.podCidrs = List.of("192.168.7.0/24"));
        List<Map<String, Status>> good = Stream.of(
                        Clusters.goodEks(), Clusters.goodGke(), Clusters.goodAks(), Clusters.bareEks(), withPodRanges)
                .map(StandardCatalogueTest::statuses)
                .toList();
        return CASES.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.check(), () -> assertThat(good).anyMatch(all -> all.get(row.check()) == PASS)));
    }

    private static Map<String, Status> statuses(Cluster cluster) {
        Map<String, Status> statuses = new TreeMap<>();
        VERIFIER.verify(cluster.snapshot()).findings().forEach(f -> statuses.put(f.check(), f.status()));
        return statuses;
    }
}
