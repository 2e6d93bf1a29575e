// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Clusters to plant defects in. All fields may be changed before {@link Cluster#snapshot()}. */
final class Clusters {
    static final Taint OPS = new Taint("ops", "true", Taint.Effect.NO_SCHEDULE);
    static final Taint GPU = new Taint("nvidia.com/gpu", "present", Taint.Effect.NO_SCHEDULE);
    static final String REGISTRY_SECRET = "registry-example-com";

    private Clusters() {}

    /** An EKS backend of the production profile with which nothing is wrong. */
    static Cluster goodEks() {
        Cluster c = new Cluster();
        for (int i = 0; i < 2; i++) {
            c.nodes.add(new Node("operator", i, "m7i.xlarge", 4, 16, OPS));
        }
        for (int i = 0; i < 3; i++) {
            c.nodes.add(new Node("cpu", i, "m7i.2xlarge", 8, 32));
        }
        Node gpu = new Node("gpu", 0, "g6.4xlarge", 16, 64, GPU);
        gpu.labels.put("nvidia.com/gpu.present", "true");
        gpu.capacity.put("nvidia.com/gpu", "1");
        gpu.allocatable.put("nvidia.com/gpu", "1");
        c.nodes.add(gpu);
        c.pools.add(new Pool("operator", "operator", new Scale(1, 3, 2), 0, List.of(OPS)));
        c.pools.add(new Pool("cpu", "compute", new Scale(1, 20, 3), 0, List.of()));
        c.pools.add(new Pool("gpu", "gpu", new Scale(0, 8, 1), 1, List.of(GPU)));
        for (Node node : c.nodes) {
            c.pods.add(new PodFacts("kube-system", "aws-node-" + node.name, node.name, "Running", "DaemonSet", 50, ""));
            c.csiNodes.add(new CsiNodeFacts(node.name, List.of("ebs.csi.aws.com")));
        }
        c.pods.add(new PodFacts("kube-system", "coredns-1", "cpu-0", "Running", "ReplicaSet", 100, ""));
        c.pods.add(new PodFacts("osmo-workflows", "task-1", "cpu-1", "Running", "", 6000, ""));
        return c;
    }

    /** A cluster under construction. */
    static final class Cluster {
        final Set<String> blind = new HashSet<>();
        final List<Node> nodes = new ArrayList<>();
        final List<Pool> pools = new ArrayList<>();
        final List<PodFacts> pods = new ArrayList<>();
        final List<CsiNodeFacts> csiNodes = new ArrayList<>();
        Set<Vantage> vantages = EnumSet.of(Vantage.CLOUD, Vantage.KUBERNETES);
        Expectations expectations = new Expectations(
                true,
                Profile.PRODUCTION,
                List.of(
                        wanted("operator", PoolRole.OPERATOR, OPS),
                        wanted("cpu", PoolRole.CPU),
                        wanted("gpu", PoolRole.GPU, GPU)),
                List.of(new Expectations.Registry(REGISTRY_SECRET, "registry.example.com")),
                Optional.of("https://osmo.example.com"),
                "osmo-operator",
                "osmo-workflows",
                "osmo-backend-token-default",
                true);
        String endpoint = "https://0123.gr7.us-west-2.eks.amazonaws.com";
        boolean tlsVerified = true;
        String version = "v1.35.2-eks-113cf36";
        Set<String> apiGroups = new HashSet<>(Set.of("apps", "storage.k8s.io"));
        List<NamespaceFacts> namespaces = new ArrayList<>(List.of(
                new NamespaceFacts("kube-system", "11111111-2222-3333-4444-555555555555", "Active"),
                new NamespaceFacts("osmo-operator", "u1", "Active"),
                new NamespaceFacts("osmo-workflows", "u2", "Active")));
        List<WorkloadFacts> deployments = new ArrayList<>(List.of(
                new WorkloadFacts("kube-system", "cluster-autoscaler", 1, 1),
                new WorkloadFacts("kube-system", "ebs-csi-controller", 2, 2)));
        List<WorkloadFacts> daemonSets = new ArrayList<>();
        List<StorageClassFacts> storageClasses = new ArrayList<>(List.of(new StorageClassFacts(
                "gp3",
                "ebs.csi.aws.com",
                Map.of("encrypted", "true", "kmsKeyId", "key-1"),
                true,
                true,
                "Delete",
                "WaitForFirstConsumer")));
        List<String> csiDrivers = new ArrayList<>(List.of("ebs.csi.aws.com"));
        List<SecretFacts> secrets = new ArrayList<>(List.of(
                pullSecret("osmo-operator"),
                pullSecret("osmo-workflows"),
                token(new SecretFacts.TokenShape(43, true))));
        List<PriorityClassFacts> priorityClasses = new ArrayList<>(List.of(
                new PriorityClassFacts("osmo-high", 125, false),
                new PriorityClassFacts("osmo-normal", 100, false),
                new PriorityClassFacts("osmo-low", 50, false)));

        String status = "ACTIVE";
        boolean healthy = true;
        LocalDate supportUntil = LocalDate.parse("2027-03-27");
        List<String> planeZones = List.of("us-west-2a", "us-west-2b");
        boolean highlyAvailable = true;
        Optional<CloudFacts.Key> secretsKey = Optional.of(new CloudFacts.Key("key-1", true));
        boolean publicAccess = true;
        List<String> publicCidrs = List.of("203.0.113.0/24");
        List<String> networkCidrs = List.of("10.0.0.0/16");
        Optional<String> serviceCidr = Optional.of("172.20.0.0/16");
        List<String> subnetZones = List.of("us-west-2a", "us-west-2b");
        int freeAddresses = 8000;
        Fact<Optional<String>> egress = Fact.of(Optional.of("nat-1"));
        CloudFacts.BackupFacts backup = new CloudFacts.BackupFacts(true, "AWS Backup plan train-west");
        CloudFacts.DiskEncryption volumeEncryption = new CloudFacts.DiskEncryption(false, Optional.empty());

        Cluster node(String name, Consumer<Node> change) {
            nodes.stream().filter(n -> n.name.equals(name)).forEach(change);
            return this;
        }

        Cluster eachNode(Consumer<Node> change) {
            nodes.forEach(change);
            return this;
        }

        Cluster pool(String name, Consumer<Pool> change) {
            pools.stream().filter(p -> p.name.equals(name)).forEach(change);
            return this;
        }

        /** Makes these parts of the snapshot, by name of the record's component, impossible to read. */
        Cluster blind(String... parts) {
            blind.addAll(List.of(parts));
            return this;
        }

        ClusterSnapshot snapshot() {
            return new ClusterSnapshot(
                    "train-west",
                    vantages,
                    expectations,
                    fact("cloud", cloud()),
                    fact("endpoint", URI.create(endpoint)),
                    fact("tlsVerified", tlsVerified),
                    fact("time", Instant.parse("2026-11-24T00:00:00Z")),
                    fact("version", version),
                    fact("apiGroups", apiGroups),
                    fact("nodes", nodes.stream().map(Node::facts).toList()),
                    fact("pods", List.copyOf(pods)),
                    fact("namespaces", List.copyOf(namespaces)),
                    fact("deployments", List.copyOf(deployments)),
                    fact("daemonSets", List.copyOf(daemonSets)),
                    fact("storageClasses", List.copyOf(storageClasses)),
                    fact("csiDrivers", List.copyOf(csiDrivers)),
                    fact("csiNodes", List.copyOf(csiNodes)),
                    fact("secrets", List.copyOf(secrets)),
                    fact("priorityClasses", List.copyOf(priorityClasses)));
        }

        private CloudFacts cloud() {
            List<CloudFacts.NetworkFacts.Subnet> subnets = new ArrayList<>();
            for (String zone : subnetZones) {
                subnets.add(new CloudFacts.NetworkFacts.Subnet(
                        "subnet-" + subnets.size(),
                        zone,
                        "10.0." + subnets.size() * 32 + ".0/19",
                        freeAddresses,
                        egress));
            }
            return new CloudFacts(
                    "aws",
                    "us-west-2",
                    "train-west",
                    fact(
                            "controlPlane",
                            new CloudFacts.ControlPlane(
                                    status,
                                    healthy,
                                    "1.35",
                                    fact("supportUntil", supportUntil),
                                    fact("planeZones", planeZones),
                                    highlyAvailable,
                                    fact("secretsKey", secretsKey),
                                    publicAccess,
                                    publicCidrs,
                                    fact("logTypes", List.of("api", "audit")))),
                    fact("pools", pools.stream().map(Pool::facts).toList()),
                    fact("network", new CloudFacts.NetworkFacts("vpc-1", networkCidrs, serviceCidr, subnets)),
                    fact("backup", backup),
                    fact("volumeEncryption", volumeEncryption));
        }

        private <T> Fact<T> fact(String part, T value) {
            return blind.contains(part) ? Fact.unknown("403 on " + part) : Fact.of(value);
        }
    }

    /** A node under construction. */
    static final class Node {
        String name;
        final Map<String, String> labels = new HashMap<>();
        final Map<String, String> conditions = new HashMap<>(Map.of("Ready", "True", "DiskPressure", "False"));
        final Map<String, String> capacity = new HashMap<>();
        final Map<String, String> allocatable = new HashMap<>();
        List<Taint> taints;
        List<String> podCidrs = List.of();
        List<String> ips;
        boolean cordoned;
        String providerId;
        String kubelet = "v1.35.1-eks-113cf36";
        String runtime = "containerd://2.2.4";
        String osImage = "Amazon Linux 2023.8.20250908";
        String architecture = "amd64";

        Node(String pool, int number, String type, int cpus, int gib, Taint... taints) {
            name = pool + "-" + number;
            String zone = "us-west-2" + (char) ('a' + number % 3);
            labels.put("kubernetes.io/hostname", name);
            labels.put("node-type", pool.equals("cpu") ? "compute" : pool);
            labels.put("eks.amazonaws.com/nodegroup", pool);
            labels.put("topology.kubernetes.io/zone", zone);
            labels.put("node.kubernetes.io/instance-type", type);
            this.taints = List.of(taints);
            ips = List.of("10.0." + pool.length() + "." + (number + 4));
            providerId = "aws:///" + zone + "/i-" + name;
            capacity.put("cpu", String.valueOf(cpus));
            capacity.put("memory", gib * 1024L * 1024 * 975 / 1000 + "Ki");
            capacity.put("ephemeral-storage", "104779756Ki");
            allocatable.put("cpu", cpus * 1000 - 80 + "m");
            allocatable.put("memory", gib * 1024L * 1024 * 900 / 1000 + "Ki");
            allocatable.put("ephemeral-storage", "95491281146");
        }

        NodeFacts facts() {
            return new NodeFacts(
                    name,
                    labels,
                    taints,
                    cordoned,
                    providerId,
                    podCidrs,
                    ips,
                    conditions,
                    capacity,
                    allocatable,
                    kubelet,
                    runtime,
                    osImage,
                    architecture);
        }
    }

    /** A pool of the cloud under construction. */
    static final class Pool {
        final String name;
        final Map<String, String> labels = new HashMap<>();
        final int gpus;
        Scale scale;
        List<Taint> taints;
        List<String> issues = List.of();
        Fact<Integer> diskGib = Fact.of(100);
        Fact<Boolean> diskEncrypted = Fact.of(true);
        String specPool;

        Pool(String name, String nodeType, Scale scale, int gpus, List<Taint> taints) {
            this.name = name;
            this.specPool = name;
            this.scale = scale;
            this.gpus = gpus;
            this.taints = taints;
            labels.put("node-type", nodeType);
        }

        CloudFacts.Pool facts() {
            return new CloudFacts.Pool(
                    name,
                    Optional.of(specPool),
                    "ACTIVE",
                    issues,
                    List.of("m7i.xlarge"),
                    Fact.of(new CloudFacts.Machine("m7i.xlarge", 4, 16384, gpus, "amd64")),
                    scale,
                    Map.copyOf(labels),
                    taints,
                    diskGib,
                    diskEncrypted,
                    Fact.of(List.of("us-west-2a", "us-west-2b")),
                    "1.35",
                    "AL2023_x86_64_STANDARD",
                    false);
        }
    }

    static SecretFacts pullSecret(String namespace) {
        return new SecretFacts(
                namespace,
                REGISTRY_SECRET,
                "kubernetes.io/dockerconfigjson",
                Set.of(".dockerconfigjson"),
                Optional.of(Map.of("registry.example.com", true)),
                Optional.empty());
    }

    static SecretFacts token(SecretFacts.TokenShape shape) {
        return new SecretFacts(
                "osmo-operator",
                "osmo-backend-token-default",
                "Opaque",
                Set.of("token"),
                Optional.empty(),
                Optional.of(shape));
    }

    private static Expectations.Pool wanted(String name, PoolRole role, Taint... taints) {
        return new Expectations.Pool(
                name,
                role,
                new Scale(1, 3, 1),
                Map.of("node-type", role.nodeType()),
                List.of(taints),
                List.of("us-west-2a", "us-west-2b"));
    }
}
