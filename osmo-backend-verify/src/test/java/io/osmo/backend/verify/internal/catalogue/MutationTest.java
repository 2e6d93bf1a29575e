// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.CrdFacts;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.ShardFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One small defect in a good cluster of each cloud is found by exactly the checks that are about it, and by no other. */
class MutationTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard();
    private static final Map<String, Supplier<Cluster>> CLOUDS =
            new TreeMap<>(Map.of("EKS", Clusters::goodEks, "GKE", Clusters::goodGke, "AKS", Clusters::goodAks));

    private record Mutation(Set<String> clouds, Consumer<Cluster> defect, Map<String, Status> found) {}

    private static final Map<String, Mutation> MUTATIONS = new LinkedHashMap<>();

    static {
        // Labels.
        plant(
                "operator node labelled compute",
                node("operator-1", "node-type", "compute"),
                "pool.operator.label",
                WARN,
                "pool.compute.size",
                WARN);
        plant(
                "compute node without node-type",
                c -> c.node("cpu-2", n -> n.labels.remove("node-type")),
                "pool.compute.label",
                WARN);
        plant(
                "hostname label of another node",
                node("cpu-1", "kubernetes.io/hostname", "cpu-0"),
                "node.hostname-label",
                FAIL);
        plant(
                "hostname label missing",
                c -> c.node("cpu-1", n -> n.labels.remove("kubernetes.io/hostname")),
                "node.hostname-label",
                FAIL);
        plant(
                "GPU label gone",
                c -> c.node("gpu-0", n -> n.labels.remove("nvidia.com/gpu.present")),
                "gpu.present-label",
                WARN);
        plant("GPU label false", node("gpu-0", "nvidia.com/gpu.present", "false"), "gpu.present-label", WARN);
        plant(
                "GPU label only on nodes",
                c -> c.pool("gpu", p -> p.labels.remove("nvidia.com/gpu.present")),
                "pool.scale-from-zero-template",
                WARN);
        plant(
                "GPU label false in the definition of the pool",
                c -> c.pool("gpu", p -> p.labels.put("nvidia.com/gpu.present", "false")),
                "pool.scale-from-zero-template",
                WARN);
        plant(
                "node of another shard",
                node("cpu-0", "kai.scheduler/node-pool", "batch"),
                "node.kai-shard-label",
                WARN,
                "kai.shard-covers-nodes",
                WARN);
        plant(
                "all compute nodes in one zone",
                c -> c.nodes.stream()
                        .filter(n -> n.name.startsWith("cpu"))
                        .forEach(n -> n.labels.put("topology.kubernetes.io/zone", "z")),
                "pool.zone-spread",
                WARN);
        // Taints.
        plant(
                "operator node untainted",
                c -> c.node("operator-0", n -> n.taints = List.of()),
                "pool.operator.taint",
                WARN);
        plant("operator taint of another value", taint("operator-0", "ops", "false"), "pool.operator.taint", WARN);
        plant(
                "GPU node untainted",
                c -> c.node("gpu-0", n -> n.taints = List.of()),
                "gpu.taint",
                WARN,
                "pool.compute.taint",
                WARN);
        plant(
                "GPU taint only on nodes",
                c -> c.pool("gpu", p -> p.taints = List.of()),
                "pool.scale-from-zero-template",
                WARN);
        plant("GPU taint sku=gpu", taint("gpu-0", "sku", "gpu"), "gpu.taint", WARN, "pool.compute.taint", WARN);
        plant(
                "node not initialised",
                taint("cpu-0", "node.cloudprovider.kubernetes.io/uninitialized", "true"),
                "node.transient-taints",
                WARN);
        plant(
                "node about to be deleted",
                taint("cpu-0", "ToBeDeletedByClusterAutoscaler", "1"),
                "node.transient-taints",
                WARN);
        // Versions.
        plant(
                "containerd one patch too old",
                c -> c.node("cpu-0", n -> n.runtime = "containerd://1.7.26"),
                "runtime.containerd-version",
                FAIL);
        plant(
                "containerd pre-release",
                c -> c.node("cpu-0", n -> n.runtime = "containerd://1.7.27-rc.1"),
                "runtime.containerd-version",
                FAIL);
        plant(
                "containerd with a known hole",
                c -> c.node("cpu-0", n -> n.runtime = "containerd://2.0.1"),
                "runtime.containerd-cve",
                WARN);
        plant("another runtime", c -> c.node("cpu-0", n -> n.runtime = "docker://24.0.7"), "runtime.containerd", FAIL);
        plant(
                "image out of maintenance",
                c -> c.node("cpu-0", n -> n.osImage = "Ubuntu 20.04.6 LTS"),
                "runtime.os-image",
                WARN);
        plant(
                "machine out of sale",
                node("gpu-0", "node.kubernetes.io/instance-type", "p2.xlarge"),
                "pool.compute.instance-type-retired",
                WARN);
        plant("processor of another kind", c -> c.node("cpu-0", n -> n.architecture = "ppc64le"), "runtime.arch", FAIL);
        plant("driver too old", node("gpu-0", "nvidia.com/cuda.driver.major", "470"), "gpu.driver-version", FAIL);
        plant(
                "driver one revision too old",
                c -> c.node(
                        "gpu-0",
                        n -> n.labels.putAll(Map.of(
                                "nvidia.com/cuda.driver.major", "535",
                                "nvidia.com/cuda.driver.minor", "216",
                                "nvidia.com/cuda.driver.rev", "01"))),
                "gpu.driver-version",
                FAIL);
        plant("CUDA too old", node("gpu-0", "nvidia.com/cuda.runtime.major", "11"), "gpu.cuda-version", WARN);
        plant(
                "KAI of another age",
                c -> c.deployments.stream()
                        .filter(d -> d.namespace().equals("kai-scheduler"))
                        .toList()
                        .forEach(d -> c.image(d.name(), "r/kai-scheduler/x:v0.11.9")),
                "kai.version",
                WARN);
        plant(
                "operator image without tag",
                c -> c.image("osmo-osmo-backend-listener", "registry.example.com/backend-listener"),
                "registry.tag-pinned",
                WARN);
        // Classes.
        plant("no default class", c -> c.storageClasses.clear(), "storage.default-class", FAIL);
        plant("two default classes", c -> c.storageClasses.add(c.storageClasses.get(0)), "storage.default-class", WARN);
        plant(
                "class that does not expand",
                c -> replaceClass(c, false, "Delete", "WaitForFirstConsumer"),
                "storage.reclaim-expand",
                WARN);
        plant(
                "class that keeps volumes",
                c -> replaceClass(c, true, "Retain", "WaitForFirstConsumer"),
                "storage.reclaim-expand",
                WARN);
        plant(
                "class that binds at once",
                c -> replaceClass(c, true, "Delete", "Immediate"),
                "storage.reclaim-expand",
                WARN);
        plant("driver not installed", c -> c.csiDrivers.clear(), "storage.csi-driver", FAIL);
        plant(
                "driver missing on a node",
                c -> c.csiNodes.set(1, new CsiNodeFacts("operator-1", List.of())),
                "storage.csi-driver",
                FAIL);
        plant(
                "priority class of another value",
                c -> c.priorityClasses.set(2, new PriorityClassFacts("osmo-low", 51, false)),
                "kai.priority-classes",
                FAIL);
        plant("priority class missing", c -> c.priorityClasses.remove(1), "kai.priority-classes", FAIL);
        plant("runtime class missing", c -> c.runtimeClasses.clear(), "gpu.runtimeclass", FAIL);
        // Keys and Secrets.
        plant("no key of the customer", c -> c.secretsKey = Optional.empty(), "control-plane.etcd-encryption", FAIL);
        plant(
                "key disabled",
                c -> c.secretsKey = Optional.of(new CloudFacts.Key("key-1", false)),
                "control-plane.etcd-encryption",
                FAIL);
        plant(
                "node disk in the clear",
                c -> c.pool("gpu", p -> p.diskEncrypted = Fact.of(false)),
                "storage.node-disks",
                WARN);
        plant(
                "token too long",
                c -> c.secrets.set(2, KubeObjects.token(new SecretFacts.TokenShape(44, true))),
                "operator.token-format",
                FAIL);
        plant(
                "token with a blank",
                c -> c.secrets.set(2, KubeObjects.token(new SecretFacts.TokenShape(43, false))),
                "operator.token-format",
                FAIL);
        plant("pull secret missing for workflows", c -> c.secrets.remove(1), "registry.pull-secret", FAIL);
        plant(
                "pull secret missing for the operator",
                c -> c.secrets.remove(0),
                "registry.pull-secret",
                FAIL,
                "registry.pull-secret-attached",
                WARN);
        // Sizes, units, quotas.
        plant(
                "operator node of two CPUs",
                c -> c.node("operator-0", n -> n.capacity.put("cpu", "2")),
                "pool.operator.cpu",
                FAIL);
        plant(
                "operator node of 8 GB less too much",
                c -> c.node("operator-0", n -> n.capacity.put("memory", "7200000Ki")),
                "pool.operator.memory",
                FAIL);
        plant(
                "operator disk of 40 GiB",
                c -> c.node("operator-0", n -> n.capacity.put("ephemeral-storage", "40Gi")),
                "pool.operator.disk-allocatable",
                WARN);
        plant(
                "operator pool with the cloud's default disk",
                c -> c.pool("operator", p -> p.diskGib = Fact.of(20)),
                "pool.operator.disk",
                FAIL);
        plant(
                "compute node of four CPUs",
                c -> c.node("cpu-0", n -> n.capacity.put("cpu", "4")),
                "pool.compute.size",
                WARN);
        plant(
                "unit that OSMO cannot read",
                c -> c.node("cpu-0", n -> n.allocatable.put("memory", "1P")),
                "node.units-parsable",
                FAIL);
        plant(
                "node without allocatable memory",
                c -> c.node("cpu-0", n -> n.allocatable.remove("memory")),
                "node.allocatable-keys",
                FAIL);
        plant(
                "room for 28 pods",
                c -> c.node("cpu-0", n -> n.allocatable.put("pods", "28")),
                "node.pods-capacity",
                WARN);
        plant(
                "49 GiB for pods",
                c -> c.node("cpu-0", n -> n.allocatable.put("ephemeral-storage", "49Gi")),
                "storage.ephemeral",
                WARN);
        plant(
                "2 GiB for pods",
                c -> c.node("cpu-0", n -> n.allocatable.put("ephemeral-storage", "2Gi")),
                "storage.ephemeral",
                WARN,
                "pool.compute.usable-storage",
                FAIL);
        plant(
                "GPU split",
                c -> c.node("gpu-0", n -> n.allocatable.put("nvidia.com/mig-2g.20gb", "3")),
                "gpu.mig-mode",
                WARN);
        plant("subnets almost full", c -> c.freeAddresses = 3, "network.vpc", FAIL);
        plant("quota used up", c -> c.vcpusUsed = Fact.of(190L), "pool.quota", WARN);
        plant(
                "upper bound beyond the quota",
                c -> {
                    c.expectations = Expectations.ofAnyBackend().withServiceUrl("https://osmo.example.com");
                    c.pool("cpu", p -> p.scale = new Scale(1, 50, 3));
                },
                "pool.quota",
                WARN);
        plant(
                "quota of nothing, usage unread",
                c -> {
                    c.vcpuLimit = Fact.of(0L);
                    c.vcpusUsed = Fact.unknown("403");
                },
                "pool.quota",
                WARN);
        plant("name with capitals", c -> c.clusterName = "Train-West", "control-plane.name-length", WARN);
        plant("name of 41 letters", c -> c.clusterName = "a".repeat(41), "control-plane.name-length", WARN);
        plant("no identity for pods", c -> c.workloadIdentity = Optional.empty(), "security.workload-identity", WARN);
        // Bounds and states.
        plant(
                "operator pool of fixed size",
                c -> c.pool("operator", p -> p.scale = new Scale(2, 2, 2)),
                "pool.operator.autoscaling",
                WARN);
        plant(
                "compute pool of fixed size",
                c -> c.pool("cpu", p -> p.scale = new Scale(3, 3, 3)),
                "pool.compute.autoscaling",
                WARN);
        plant(
                "pool in trouble",
                c -> c.pool("gpu", p -> p.issues = List.of("InsufficientCapacity")),
                "pool.health",
                FAIL);
        plant("control plane updating", c -> c.healthy = false, "control-plane.status-active", FAIL);
        plant("API server not ready", c -> c.trouble.add("etcd"), "control-plane.endpoint-reachable", FAIL);
        plant("disk pressure", condition("cpu-0", "DiskPressure", "True"), "node.pressure", WARN);
        plant("memory pressure", condition("gpu-0", "MemoryPressure", "True"), "node.pressure", WARN);
        plant("node gone", condition("cpu-1", "Ready", "Unknown"), "node.ready", WARN);
        plant("node cordoned", c -> c.node("cpu-1", n -> n.cordoned = true), "node.ready", WARN);
        plant(
                "namespace ends",
                c -> c.namespaces.set(1, new NamespaceFacts("osmo-operator", "u", "Terminating", "")),
                "operator.namespaces",
                FAIL);
        plant(
                "restricted workflows",
                c -> c.namespaces.set(2, new NamespaceFacts("osmo-workflows", "u", "Active", "restricted")),
                "security.psa-workflow-namespace",
                FAIL);
        plant(
                "API open to the world",
                c -> c.publicCidrs = List.of("0.0.0.0/0"),
                "network.api-authorized-ranges",
                WARN);
        plant(
                "service range within the network",
                c -> c.serviceCidr = Optional.of("10.0.0.0/20"),
                "control-plane.service-cidr-overlap",
                FAIL);
        plant("no way out", c -> c.egress = Fact.of(Optional.empty()), "network.egress-route", FAIL);
        plant("no backup", c -> c.backup = new CloudFacts.BackupFacts(false, "none"), "storage.backup", WARN);
        plant("TLS not verified", c -> c.tlsVerified = false, "security.tls-api-server", FAIL);
        plant(
                "DNS gone",
                c -> c.endpoints.set(0, new EndpointFacts("kube-system", "kube-dns", 0)),
                "network.dns-endpoints",
                FAIL);
        // What is installed.
        plant("queue whose parent is gone", c -> c.queues.remove(0), "kai.queue-parent", FAIL);
        plant(
                "queue at the top",
                c -> c.queues.set(1, KubeObjects.queue("osmo-pool-osmo-workflows-default", "", "osmo-workflows")),
                "kai.queue-parent",
                FAIL);
        plant(
                "queue that the operator does not find",
                c -> c.queues.set(
                        1, KubeObjects.queue("osmo-pool-osmo-workflows-default", "osmo-default-osmo-workflows", "")),
                "kai.queue-parent",
                FAIL);
        plant(
                "queue of another backend",
                c -> c.queues.add(KubeObjects.queue("osmo-pool-osmo-workflows-2-a", "x", "osmo-workflows-2")));
        plant("queues of another backend only", c -> {
            c.queues.clear();
            c.queues.add(KubeObjects.queue("osmo-default-other", "", "other"));
        });
        plant(
                "queue kind of another version",
                c -> c.crds.set(1, new CrdFacts("queues.scheduling.run.ai", Set.of("v1"), true, Optional.empty())),
                "kai.crds",
                FAIL);
        plant(
                "queue kind not established",
                c -> c.crds.set(1, new CrdFacts("queues.scheduling.run.ai", Set.of("v2"), false, Optional.empty())),
                "kai.crds",
                FAIL);
        plant(
                "scheduler down",
                c -> c.change("kai-scheduler-default", d -> KubeObjects.ready(d, 0)),
                "kai.installed-not-orphan",
                FAIL);
        plant(
                "staleness of the default",
                c -> c.flag("kai-scheduler-default", "defaultstalenessgraceperiod", "60s"),
                "kai.flag-staleness",
                FAIL);
        plant(
                "eviction condition off",
                c -> c.flag("kai-scheduler-default", "updatepodevictioncondition", null),
                "kai.flag-eviction-condition",
                WARN);
        plant(
                "scheduler of another name",
                c -> c.flag("kai-scheduler-default", "schedulername", "kai"),
                "kai.scheduler-name",
                FAIL);
        plant(
                "shard of a label only",
                c -> c.shards.set(0, new ShardFacts("default", "x", Map.of())),
                "kai.shard-covers-nodes",
                WARN);
        plant(
                "webhook that nobody answers",
                c -> c.endpoints.set(1, new EndpointFacts("kai-scheduler", "admission", 0)),
                "kai.webhook-health",
                FAIL);
        plant(
                "webhook without authority",
                c -> c.webhooks.set(
                        0, new WebhookFacts("mutating/kai-admission", "kai-scheduler/admission", false, true)),
                "kai.webhook-health",
                FAIL);
        plant(
                "listener missing",
                c -> c.deployments.removeIf(d -> d.name().endsWith("listener")),
                "operator.deployments-available",
                FAIL);
        plant(
                "operator of a password",
                c -> c.flag("osmo-osmo-backend-listener", "loginmethod", "password"),
                "operator.login-method",
                FAIL);
        plant(
                "operator of another OSMO",
                c -> c.flag("osmo-osmo-backend-listener", "host", "https://other.example.com"),
                "operator.service-url",
                FAIL);
        plant(
                "operator without URL",
                c -> c.flag("osmo-osmo-backend-worker", "host", ""),
                "operator.service-url",
                FAIL);
        plant(
                "upgrade that hangs",
                c -> c.releases.set(0, new HelmReleaseFacts("osmo-operator", "osmo-operator", 4, "pending-upgrade")),
                "operator.helm-release",
                WARN);
        plant(
                "worker that the OSMO service refuses, though it runs",
                c -> c.operatorLogs.set(
                        1, KubeObjects.operatorLog("worker", LogPhrase.NAME_TAKEN, LogPhrase.KAI_MISSING)),
                "operator.log-scan",
                WARN);
        plant(
                "second device plugin",
                c -> c.devicePlugin("kube-system", "nvidia-gpu-device-plugin"),
                "gpu.single-device-plugin",
                WARN);
        plant(
                "GPU Operator too old",
                c -> c.image("gpu-operator", "nvcr.io/nvidia/gpu-operator:v25.3.0"),
                "gpu.operator-version",
                WARN);
        // What only one of the clouds has.
        plantOn(
                "EKS",
                "second security group with the cluster's tag",
                c -> c.firewalls.add(new CloudFacts.Firewalls("i-2", List.of("sg-cluster", "sg-nodes"))),
                "network.eks-lb-sg",
                WARN);
        plantOn(
                "GKE",
                "accelerator of the spec not attached",
                c -> c.pool("gpu", p -> p.gpus = 0),
                "pool.compute.accelerator-mapping",
                FAIL,
                "gpu.pool-exists",
                FAIL);
        plantOn(
                "AKS",
                "patch version asked for",
                c -> c.pinnedVersion = Optional.of("1.33.11"),
                "control-plane.version-pin",
                WARN);
        plantOn(
                "AKS",
                "driver by AKS beside the GPU Operator",
                c -> c.pool("gpu", p -> p.driverByCloud = Fact.of(true)),
                "gpu.aks-driver-none",
                FAIL);
    }

    private static void plant(String name, Consumer<Cluster> defect, Object... found) {
        plant(CLOUDS.keySet(), name, defect, found);
    }

    private static void plantOn(String cloud, String name, Consumer<Cluster> defect, Object... found) {
        plant(Set.of(cloud), name, defect, found);
    }

    private static void plant(Set<String> clouds, String name, Consumer<Cluster> defect, Object... found) {
        Map<String, Status> expected = new TreeMap<>();
        for (int i = 0; i < found.length; i += 2) {
            expected.put((String) found[i], (Status) found[i + 1]);
        }
        MUTATIONS.put(name, new Mutation(clouds, defect, expected));
    }

    private static Consumer<Cluster> node(String node, String label, String value) {
        return c -> c.node(node, n -> n.labels.put(label, value));
    }

    private static Consumer<Cluster> taint(String node, String key, String value) {
        return c -> c.node(node, n -> n.taints = List.of(new Taint(key, value, Taint.Effect.NO_SCHEDULE)));
    }

    private static Consumer<Cluster> condition(String node, String type, String status) {
        return c -> c.node(node, n -> n.conditions.put(type, status));
    }

    private static void replaceClass(Cluster c, boolean expandable, String reclaim, String binding) {
        StorageClassFacts old = c.storageClasses.get(0);
        c.storageClasses.set(
                0,
                new StorageClassFacts(
                        old.name(),
                        old.provisioner(),
                        old.parameters(),
                        true,
                        expandable,
                        reclaim,
                        binding,
                        old.created()));
    }

    @Test
    void there_are_enough_of_them() {
        assertThat(a_mutation_is_found_by_exactly_the_checks_that_are_about_it().count())
                .isGreaterThanOrEqualTo(150);
    }

    @TestFactory
    Stream<DynamicTest> a_mutation_is_found_by_exactly_the_checks_that_are_about_it() {
        return CLOUDS.entrySet().stream()
                .flatMap(cloud -> MUTATIONS.entrySet().stream()
                        .filter(mutation -> mutation.getValue().clouds().contains(cloud.getKey()))
                        .map(mutation -> DynamicTest.dynamicTest(cloud.getKey() + ": " + mutation.getKey(), () -> {
                            Cluster cluster = cloud.getValue().get();
                            mutation.getValue().defect().accept(cluster);

                            assertThat(troubles(cluster))
                                    .isEqualTo(mutation.getValue().found());
                        })));
    }

    private static Map<String, Status> troubles(Cluster cluster) {
        return VERIFIER.verify(cluster.snapshot()).findings().stream()
                .filter(f -> Set.of(FAIL, WARN, UNKNOWN).contains(f.status()))
                .collect(Collectors.toMap(Finding::check, Finding::status, (a, b) -> a, TreeMap::new));
    }
}
