// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.internal.catalog.Mutation.condition;
import static io.osmo.backend.verify.internal.catalog.Mutation.plant;
import static io.osmo.backend.verify.internal.catalog.Mutation.plantOn;
import static io.osmo.backend.verify.internal.catalog.Mutation.replaceClass;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import java.util.List;
import java.util.Optional;

/** Defects of what a cluster and its cloud provide. */
final class ClusterMutations {
    static final List<Mutation> ALL = List.of(
            // Classes.
            plant("no default class", c -> c.storageClasses.clear(), "storage.default-class", FAIL),
            plant(
                    "two default classes",
                    c -> c.storageClasses.add(c.storageClasses.get(0)),
                    "storage.default-class",
                    WARN),
            plant(
                    "class that does not expand",
                    c -> replaceClass(c, false, "Delete", "WaitForFirstConsumer"),
                    "storage.reclaim-expand",
                    WARN),
            plant(
                    "class that keeps volumes",
                    c -> replaceClass(c, true, "Retain", "WaitForFirstConsumer"),
                    "storage.reclaim-expand",
                    WARN),
            plant(
                    "class that binds at once",
                    c -> replaceClass(c, true, "Delete", "Immediate"),
                    "storage.reclaim-expand",
                    WARN),
            plant("driver not installed", c -> c.csiDrivers.clear(), "storage.csi-driver", FAIL),
            plant(
                    "driver missing on a node",
                    c -> c.csiNodes.set(1, new CsiNodeFacts("operator-1", List.of())),
                    "storage.csi-driver",
                    FAIL),
            plant(
                    "priority class of another value",
                    c -> c.priorityClasses.set(2, new PriorityClassFacts("osmo-low", 51, false)),
                    "kai.priority-classes",
                    FAIL),
            plant("priority class missing", c -> c.priorityClasses.remove(1), "kai.priority-classes", FAIL),
            plant("runtime class missing", c -> c.runtimeClasses.clear(), "gpu.runtimeclass", FAIL),
            // Keys and Secrets.
            plant(
                    "no key of the customer",
                    c -> c.secretsKey = Optional.empty(),
                    "control-plane.etcd-encryption",
                    FAIL),
            plant(
                    "key disabled",
                    c -> c.secretsKey = Optional.of(new CloudFacts.Key("key-1", false)),
                    "control-plane.etcd-encryption",
                    FAIL),
            plant(
                    "node disk in the clear",
                    c -> c.pool("gpu", p -> p.diskEncrypted = Fact.of(false)),
                    "storage.node-disks",
                    WARN),
            plant(
                    "token too long",
                    c -> c.secrets.set(2, KubeObjects.token(new SecretFacts.TokenShape(44, true))),
                    "operator.token-format",
                    FAIL),
            plant(
                    "token with a blank",
                    c -> c.secrets.set(2, KubeObjects.token(new SecretFacts.TokenShape(43, false))),
                    "operator.token-format",
                    FAIL),
            plant("pull secret missing for workflows", c -> c.secrets.remove(1), "registry.pull-secret", FAIL),
            plant(
                    "pull secret missing for the operator",
                    c -> c.secrets.remove(0),
                    "registry.pull-secret",
                    FAIL,
                    "registry.pull-secret-attached",
                    WARN),
            // Sizes, units, quotas.
            plant(
                    "operator node of two CPUs",
                    c -> c.node("operator-0", n -> n.capacity.put("cpu", "2")),
                    "pool.operator.cpu",
                    FAIL),
            plant(
                    "operator node of 8 GB less too much",
                    c -> c.node("operator-0", n -> n.capacity.put("memory", "7200000Ki")),
                    "pool.operator.memory",
                    FAIL),
            plant(
                    "operator disk of 40 GiB",
                    c -> c.node("operator-0", n -> n.capacity.put("ephemeral-storage", "40Gi")),
                    "pool.operator.disk-allocatable",
                    WARN),
            plant(
                    "operator pool with the cloud's default disk",
                    c -> c.pool("operator", p -> p.diskGib = Fact.of(20)),
                    "pool.operator.disk",
                    FAIL),
            plant(
                    "compute node of four CPUs",
                    c -> c.node("cpu-0", n -> n.capacity.put("cpu", "4")),
                    "pool.compute.size",
                    WARN),
            plant(
                    "unit that OSMO cannot read",
                    c -> c.node("cpu-0", n -> n.allocatable.put("memory", "1P")),
                    "node.units-parsable",
                    FAIL),
            plant(
                    "node without allocatable memory",
                    c -> c.node("cpu-0", n -> n.allocatable.remove("memory")),
                    "node.allocatable-keys",
                    FAIL),
            plant(
                    "room for 28 pods",
                    c -> c.node("cpu-0", n -> n.allocatable.put("pods", "28")),
                    "node.pods-capacity",
                    WARN),
            plant(
                    "49 GiB for pods",
                    c -> c.node("cpu-0", n -> n.allocatable.put("ephemeral-storage", "49Gi")),
                    "storage.ephemeral",
                    WARN),
            plant(
                    "2 GiB for pods",
                    c -> c.node("cpu-0", n -> n.allocatable.put("ephemeral-storage", "2Gi")),
                    "storage.ephemeral",
                    WARN,
                    "pool.compute.usable-storage",
                    FAIL),
            plant(
                    "GPU split",
                    c -> c.node("gpu-0", n -> n.allocatable.put("nvidia.com/mig-2g.20gb", "3")),
                    "gpu.mig-mode",
                    WARN),
            plant("subnets almost full", c -> c.freeAddresses = 3, "network.vpc", FAIL),
            plant("quota used up", c -> c.vcpusUsed = Fact.of(190L), "pool.quota", WARN),
            plant(
                    "upper bound beyond the quota",
                    c -> {
                        c.expectations = Expectations.ofAnyBackend().withServiceUrl("https://osmo.example.com");
                        c.pool("cpu", p -> p.scale = new Scale(1, 50, 3));
                    },
                    "pool.quota",
                    WARN),
            plant(
                    "quota of nothing, usage unread",
                    c -> {
                        c.vcpuLimit = Fact.of(0L);
                        c.vcpusUsed = Fact.unknown("403");
                    },
                    "pool.quota",
                    WARN),
            plant("name with capitals", c -> c.clusterName = "Train-West", "control-plane.name-length", WARN),
            plant("name of 41 letters", c -> c.clusterName = "a".repeat(41), "control-plane.name-length", WARN),
            plant(
                    "no identity for pods",
                    c -> c.workloadIdentity = Optional.empty(),
                    "security.workload-identity",
                    WARN),
            // Bounds and states.
            plant(
                    "operator pool of fixed size",
                    c -> c.pool("operator", p -> p.scale = new Scale(2, 2, 2)),
                    "pool.operator.autoscaling",
                    WARN),
            plant(
                    "compute pool of fixed size",
                    c -> c.pool("cpu", p -> p.scale = new Scale(3, 3, 3)),
                    "pool.compute.autoscaling",
                    WARN),
            plant(
                    "pool with an issue",
                    c -> c.pool("gpu", p -> p.issues = List.of("InsufficientCapacity")),
                    "pool.health",
                    FAIL),
            plant("control plane updating", c -> c.healthy = false, "control-plane.status-active", FAIL),
            plant("API server not ready", c -> c.notReady.add("etcd"), "control-plane.endpoint-reachable", FAIL),
            plant("disk pressure", condition("cpu-0", "DiskPressure", "True"), "node.pressure", WARN),
            plant("memory pressure", condition("gpu-0", "MemoryPressure", "True"), "node.pressure", WARN),
            plant("node gone", condition("cpu-1", "Ready", "Unknown"), "node.ready", WARN),
            plant("node cordoned", c -> c.node("cpu-1", n -> n.cordoned = true), "node.ready", WARN),
            plant(
                    "namespace ends",
                    c -> c.namespaces.set(1, KubeObjects.namespace("osmo-operator", "u", "Terminating", "")),
                    "operator.namespaces",
                    FAIL),
            plant(
                    "restricted workflows",
                    c -> c.namespaces.set(2, KubeObjects.namespace("osmo-workflows", "u", "Active", "restricted")),
                    "security.psa-workflow-namespace",
                    FAIL),
            plant(
                    "API open to the world",
                    c -> c.publicCidrs = List.of("0.0.0.0/0"),
                    "network.api-authorized-ranges",
                    WARN),
            plant(
                    "service range within the network",
                    c -> c.serviceCidr = Optional.of("10.0.0.0/20"),
                    "control-plane.service-cidr-overlap",
                    FAIL),
            plant("no way out", c -> c.egress = Fact.of(Optional.empty()), "network.egress-route", FAIL),
            plant("no backup", c -> c.backup = new CloudFacts.BackupFacts(false, "none"), "storage.backup", WARN),
            plant("TLS not verified", c -> c.tlsVerified = false, "security.tls-api-server", FAIL),
            plant(
                    "DNS gone",
                    c -> c.endpoints.set(0, new EndpointFacts("kube-system", "kube-dns", 0)),
                    "network.dns-endpoints",
                    FAIL),
            // What only one of the clouds has.
            plantOn(
                    "EKS",
                    "second security group with the cluster's tag",
                    c -> c.firewalls.add(new CloudFacts.Firewalls("i-2", List.of("sg-cluster", "sg-nodes"))),
                    "network.eks-lb-sg",
                    WARN),
            plantOn(
                    "GKE",
                    "accelerator of the spec not attached",
                    c -> c.pool("gpu", p -> p.gpus = 0),
                    "pool.compute.accelerator-mapping",
                    FAIL,
                    "gpu.pool-exists",
                    FAIL),
            plantOn(
                    "AKS",
                    "patch version asked for",
                    c -> c.pinnedVersion = Optional.of("1.33.11"),
                    "control-plane.version-pin",
                    WARN),
            plantOn(
                    "AKS",
                    "driver by AKS beside the GPU Operator",
                    c -> c.pool("gpu", p -> p.gpuStack = Fact.of(GpuStack.of(Owner.SERVICE, Part.DRIVER))),
                    "gpu.aks-driver-none",
                    FAIL));

    private ClusterMutations() {}
}
