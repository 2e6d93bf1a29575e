// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.AccessFacts;
import io.osmo.backend.verify.snapshot.ClaimFacts;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.CoreFacts;
import io.osmo.backend.verify.snapshot.CrdFacts;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import io.osmo.backend.verify.snapshot.LogFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.PriorityClassFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.QueueFacts;
import io.osmo.backend.verify.snapshot.QuotaFacts;
import io.osmo.backend.verify.snapshot.SecretFacts;
import io.osmo.backend.verify.snapshot.ServerFacts;
import io.osmo.backend.verify.snapshot.ShardFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.StorageFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import io.osmo.backend.verify.snapshot.TenancyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WebhookFacts;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Clusters to plant defects in. All fields may be changed before {@link Cluster#snapshot()}. */
final class Clusters {
    static final Taint OPS = new Taint("ops", "true", Taint.Effect.NO_SCHEDULE);
    static final Taint GPU = new Taint("nvidia.com/gpu", "present", Taint.Effect.NO_SCHEDULE);
    static final String REGISTRY_SECRET = "registry-example-com";

    /** Parts that {@link Cluster#blind} can hide. */
    static final List<String> PARTS = List.of(
            "cloud",
            "endpoint",
            "tlsVerified",
            "time",
            "version",
            "apiGroups",
            "nodes",
            "pods",
            "namespaces",
            "deployments",
            "daemonSets",
            "storageClasses",
            "csiDrivers",
            "csiNodes",
            "secrets",
            "priorityClasses",
            "crds",
            "shards",
            "schedulerNames",
            "queues",
            "clusterPolicies",
            "runtimeClasses",
            "webhooks",
            "endpoints",
            "helmReleases",
            "operatorLogs",
            "claims",
            "networkPolicies",
            "quotas",
            "trouble",
            "ownRights",
            "operatorRights",
            "controlPlane",
            "supportUntil",
            "planeZones",
            "secretsKey",
            "logTypes",
            "workloadIdentity",
            "pools",
            "network",
            "firewalls",
            "backup",
            "volumeEncryption",
            "cloudQuotas");

    private Clusters() {}

    /** What one standard check finds in a cluster. */
    static Finding finding(Cluster cluster, String check) {
        return BackendVerifier.standard().verify(cluster.snapshot()).findings().stream()
                .filter(f -> f.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    static Status status(Cluster cluster, String check) {
        return finding(cluster, check).status();
    }

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
        gpu.labels.put("nvidia.com/gpu.count", "1");
        gpu.labels.put("nvidia.com/cuda.driver.major", "580");
        gpu.labels.put("nvidia.com/cuda.driver.minor", "82");
        gpu.labels.put("nvidia.com/cuda.driver.rev", "07");
        gpu.labels.put("nvidia.com/cuda.runtime.major", "13");
        gpu.labels.put("nvidia.com/cuda.runtime.minor", "0");
        c.nodes.add(gpu);
        c.pools.add(new Pool("operator", "operator", new Scale(1, 3, 2), 0, List.of(OPS)));
        c.pools.add(new Pool("cpu", "compute", new Scale(1, 20, 3), 0, List.of()));
        c.pools.add(new Pool("gpu", "gpu", new Scale(0, 8, 1), 1, List.of(GPU)));
        for (Node node : c.nodes) {
            c.pods.add(pod("kube-system", "aws-node-" + node.name, node.name, "Running", "DaemonSet", 50, ""));
            c.csiNodes.add(new CsiNodeFacts(node.name, List.of("ebs.csi.aws.com")));
        }
        c.pods.add(pod("gpu-operator", "nvidia-device-plugin-daemonset-b9x2c", "gpu-0", "Running", "DaemonSet", 0, ""));
        c.pods.add(pod("kube-system", "coredns-1", "cpu-0", "Running", "ReplicaSet", 100, ""));
        c.pods.add(pod("osmo-workflows", "task-1", "cpu-1", "Running", "", 6000, ""));
        for (String part : List.of("listener", "worker")) {
            c.deployments.add(operator(part));
            c.pods.add(operatorPod(part, 0, "", 0, ""));
            c.operatorLogs.add(operatorLog(part));
            String account = "system:serviceaccount:osmo-operator:osmo-backend-" + part;
            c.operatorRights.add(new PermissionFacts(account, "*", "*", "*", "", false));
            c.operatorRights.add(new PermissionFacts(account, "get", "", "namespaces", "", true));
        }
        c.operatorRights.add(new PermissionFacts(LISTENER_ACCOUNT, "list", "", "pods", "", true));
        c.operatorRights.add(new PermissionFacts(
                WORKER_ACCOUNT, "create", "scheduling.run.ai", "podgroups", "osmo-workflows", true));
        for (String part : List.of("kai-scheduler-default", "binder", "pod-grouper", "admission", "queue-controller")) {
            c.deployments.add(kai(part));
        }
        return c;
    }

    /** The same before OSMO's operator, KAI and the GPU Operator are installed. */
    static Cluster bareEks() {
        Cluster c = goodEks();
        c.deployments.removeIf(
                d -> Set.of("osmo-operator", "kai-scheduler", "gpu-operator").contains(d.namespace()));
        c.daemonSets.removeIf(d -> d.namespace().equals("gpu-operator"));
        c.pods.removeIf(p -> p.namespace().equals("osmo-operator"));
        c.crds.clear();
        c.shards.clear();
        c.schedulerNames.clear();
        c.queues.clear();
        c.clusterPolicies.clear();
        c.runtimeClasses.clear();
        c.webhooks.clear();
        c.networkPolicies.clear();
        c.releases.clear();
        c.operatorRights.clear();
        c.operatorLogs.clear();
        c.node("gpu-0", n -> {
            n.labels.keySet().removeIf(key -> key.startsWith("nvidia.com/"));
            n.capacity.remove("nvidia.com/gpu");
            n.allocatable.remove("nvidia.com/gpu");
        });
        return c;
    }

    /** A GKE backend with which nothing is wrong, some of whose nodes are spot machines. */
    static Cluster goodGke() {
        Cluster c = goodEks();
        c.provider = "gcp";
        c.region = "us-central1";
        c.tellsEndOfSupport = false;
        c.version = "v1.35.2-gke.1269000";
        c.endpoint = "https://203.0.113.20";
        c.onto("pd.csi.storage.gke.io", "standard-rwo");
        c.deployments.removeIf(d -> d.namespace().equals("kube-system"));
        c.daemonSets.removeIf(d -> d.name().equals("aws-node"));
        c.daemonSets.add(workload("kube-system", "anetd", 6, 6));
        c.daemonSets.add(workload("kube-system", "node-local-dns", 6, 6));
        c.quotas.add(new QuotaFacts(
                "gpu-operator", "gpu-operator", Set.of("system-node-critical", "system-cluster-critical")));
        c.eachNode(n -> {
            n.cloud(
                    "cloud.google.com/gke-nodepool",
                    "us-central1-" + n.letter(),
                    "gce://p/us-central1-" + n.letter() + "/");
            n.kubelet = "v1.35.1-gke.1396000";
            n.osImage = "Container-Optimized OS from Google";
            n.runtime = "containerd://2.1.5";
            n.type("n2-standard-4", "n2-standard-8", "g2-standard-16");
        });
        c.asksFor("gpu", List.of("n1-standard-16-nvidia-t4"));
        c.node("cpu-0", n -> n.labels.put("cloud.google.com/gke-spot", "true"));
        c.node("gpu-0", n -> {
            n.labels.put("cloud.google.com/gke-accelerator", "nvidia-l4");
            n.labels.put("gke-no-default-nvidia-gpu-device-plugin", "true");
        });
        return c;
    }

    /** An AKS backend of the long-term support plan with which nothing is wrong. */
    static Cluster goodAks() {
        Cluster c = goodEks();
        c.provider = "azure";
        c.region = "westus3";
        c.version = "v1.33.11";
        c.supportUntil = LocalDate.parse("2028-06-30");
        c.endpoint = "https://train-west.hcp.westus3.azmk8s.io";
        c.onto("disk.csi.azure.com", "managed-csi");
        c.deployments.removeIf(d -> d.namespace().equals("kube-system"));
        c.daemonSets.removeIf(d -> d.name().equals("aws-node"));
        c.daemonSets.add(workload("kube-system", "cilium", 6, 6));
        c.eachNode(n -> {
            n.cloud("kubernetes.azure.com/agentpool", "westus3-" + (n.letter() - 'a' + 1), "azure:///subscriptions/s/");
            n.labels.put("kubernetes.azure.com/cluster", "MC_train-west");
            n.kubelet = "v1.33.11";
            n.osImage = "Ubuntu 22.04.5 LTS";
            n.runtime = "containerd://1.7.33-ubuntu22.04u1";
            n.type("Standard_D4s_v5", "Standard_D8s_v5", "Standard_NC16as_T4_v3");
        });
        return c;
    }

    static final String LISTENER_ACCOUNT = "system:serviceaccount:osmo-operator:osmo-backend-listener";
    static final String WORKER_ACCOUNT = "system:serviceaccount:osmo-operator:osmo-backend-worker";
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    static PodFacts pod(
            String namespace,
            String name,
            String node,
            String phase,
            String controller,
            long millis,
            String unschedulable) {
        return pod(namespace, name, node, phase, controller, millis, 128L << 20, 0, unschedulable);
    }

    static PodFacts pod(
            String namespace,
            String name,
            String node,
            String phase,
            String controller,
            long millis,
            long memory,
            long storage,
            String unschedulable) {
        return new PodFacts(
                namespace, name, node, phase, controller, millis, memory, storage, unschedulable, List.of());
    }

    /** A pod of OSMO's operator that has been restarted so often, the last time a minute ago. */
    static PodFacts operatorPod(String part, int restarts, String reason, int exit, String message) {
        return new PodFacts(
                "osmo-operator",
                "osmo-osmo-backend-" + part + "-1",
                "operator-0",
                "Running",
                "ReplicaSet",
                1000,
                1L << 30,
                0,
                "",
                List.of(new ContainerFacts(
                        "backend-" + part,
                        restarts,
                        "",
                        Fact.of(""),
                        reason,
                        exit,
                        message,
                        restarts == 0 ? Optional.empty() : Optional.of(NOW.minusSeconds(60)),
                        Optional.of(NOW.minusSeconds(3600)))));
    }

    /** What a part of OSMO's operator logged of what is looked for. */
    static LogFacts operatorLog(String part, LogPhrase... phrases) {
        return new LogFacts(
                "osmo-operator", "osmo-osmo-backend-" + part + "-1", "backend-" + part, Fact.of(List.of(phrases)));
    }

    static QueueFacts queue(String name, String parent, String osmoNamespace) {
        return new QueueFacts(name, Fact.of(parent), Fact.of(osmoNamespace));
    }

    static WorkloadFacts workload(String namespace, String name, int wanted, int ready) {
        return new WorkloadFacts(namespace, name, wanted, ready, Optional.empty());
    }

    static NamespaceFacts namespace(String name, String uid, String phase) {
        return new NamespaceFacts(name, uid, phase, "");
    }

    private static WorkloadFacts operator(String part) {
        return new WorkloadFacts(
                "osmo-operator",
                "osmo-osmo-backend-" + part,
                1,
                1,
                Optional.of(new TemplateFacts(
                        "osmo-backend-" + part,
                        Map.of("node-type", "operator"),
                        List.of(new TemplateFacts.Toleration("ops", true, "", "NoSchedule")),
                        List.of(REGISTRY_SECRET),
                        List.of(new TemplateFacts.Container(
                                "backend-" + part,
                                "registry.example.com/osmo/backend-" + part + ":6.4.0",
                                Map.of(
                                        "host", "https://osmo.example.com",
                                        "loginmethod", "token",
                                        "backend", "train-west",
                                        "namespace", "osmo-workflows",
                                        "nodeconditionprefix", "train.osmo.nvidia.com/",
                                        "testrunnernamespace", "osmo-tests"),
                                "2Gi",
                                Optional.of(new TemplateFacts.Probe(60, 30)),
                                "",
                                List.of())),
                        Fact.of(List.of(new TemplateFacts.SecretVolume(
                                "osmo-secret", "osmo-backend-token-default", List.of("token")))),
                        true)));
    }

    private static WorkloadFacts kai(String name) {
        boolean scheduler = name.startsWith("kai-scheduler");
        return installed(
                "kai-scheduler",
                name,
                "ghcr.io/kai-scheduler/kai-scheduler/" + (scheduler ? "scheduler" : name) + ":v0.14.0",
                scheduler
                        ? Map.of(
                                "schedulername", "kai-scheduler",
                                "defaultstalenessgraceperiod", "-1s",
                                "updatepodevictioncondition", "true")
                        : Map.of(),
                "");
    }

    static WorkloadFacts installed(
            String namespace, String name, String image, Map<String, String> flags, String runtimeConfigSource) {
        return new WorkloadFacts(
                namespace,
                name,
                1,
                1,
                Optional.of(new TemplateFacts(
                        name,
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(new TemplateFacts.Container(
                                name, image, flags, "", Optional.empty(), runtimeConfigSource, List.of())),
                        Fact.of(List.of()),
                        true)));
    }

    private static CrdFacts crd(String name, String... served) {
        return new CrdFacts(name, Set.of(served), true, Optional.of(NOW.minusSeconds(86_400)));
    }

    private static NetworkPolicyFacts workflowPolicy() {
        return policy(
                "osmo-workflow-network-policy",
                "osmo-workflows",
                new NetworkPolicyFacts.Rule(
                        List.of(new NetworkPolicyFacts.Block("0.0.0.0/0", List.of("10.0.0.0/8", "172.20.0.0/16"))),
                        List.of(),
                        List.of()),
                new NetworkPolicyFacts.Rule(
                        List.of(), List.of(new NetworkPolicyFacts.Peer("kube-system", false)), List.of("53")));
    }

    /** A policy on all pods of a namespace. */
    static NetworkPolicyFacts policy(String name, String namespace, NetworkPolicyFacts.Rule... rules) {
        return new NetworkPolicyFacts(namespace, name, true, true, List.of(rules));
    }

    /** A cluster under construction. */
    static final class Cluster {
        String provider = "aws";
        String region = "us-west-2";
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
                namespace("kube-system", "11111111-2222-3333-4444-555555555555", "Active"),
                namespace("osmo-operator", "u1", "Active"),
                namespace("osmo-workflows", "u2", "Active"),
                namespace("osmo-tests", "u3", "Active")));
        List<WorkloadFacts> deployments = new ArrayList<>(List.of(
                workload("kube-system", "cluster-autoscaler", 1, 1),
                workload("kube-system", "ebs-csi-controller", 2, 2),
                workload("monitoring", "k8s-ephemeral-storage-metrics", 1, 1),
                installed("gpu-operator", "gpu-operator", "nvcr.io/nvidia/gpu-operator:v25.10.1", Map.of(), "")));
        List<WorkloadFacts> daemonSets = new ArrayList<>(List.of(
                installed(
                        "kube-system",
                        "aws-node",
                        "eks/eks-network-policy:v1",
                        Map.of("enablenetworkpolicy", "true"),
                        ""),
                installed(
                        "gpu-operator",
                        "nvidia-container-toolkit-daemonset",
                        "nvcr.io/nvidia/container-toolkit:v1",
                        Map.of(),
                        "file"),
                workload("gpu-operator", "nvidia-device-plugin-daemonset", 1, 1)));
        List<CrdFacts> crds = new ArrayList<>(List.of(
                crd("podgroups.scheduling.run.ai", "v2alpha2"),
                crd("queues.scheduling.run.ai", "v2"),
                crd("bindrequests.scheduling.run.ai", "v1alpha2"),
                crd("topologies.kai.scheduler", "v1alpha1"),
                crd("schedulingshards.kai.scheduler", "v1"),
                crd("configs.kai.scheduler", "v1"),
                crd("clusterpolicies.nvidia.com", "v1"),
                crd("podmonitors.monitoring.coreos.com", "v1")));
        List<ShardFacts> shards = new ArrayList<>(List.of(new ShardFacts("default", "", Map.of())));
        List<String> schedulerNames = new ArrayList<>(List.of("kai-scheduler"));
        List<QueueFacts> queues = new ArrayList<>(List.of(
                queue("osmo-default-osmo-workflows", "", "osmo-workflows"),
                queue("osmo-pool-osmo-workflows-default", "osmo-default-osmo-workflows", "osmo-workflows")));
        List<ClusterPolicyFacts> clusterPolicies =
                new ArrayList<>(List.of(new ClusterPolicyFacts("cluster-policy", "ready", true, Fact.of(true))));
        List<String> runtimeClasses = new ArrayList<>(List.of("nvidia"));
        List<WebhookFacts> webhooks = new ArrayList<>(List.of(
                new WebhookFacts("validating/validating-kai-admission", "kai-scheduler/admission", true, true)));
        List<EndpointFacts> endpoints = new ArrayList<>(List.of(
                new EndpointFacts("kube-system", "kube-dns", 2), new EndpointFacts("kai-scheduler", "admission", 1)));
        List<HelmReleaseFacts> releases = new ArrayList<>(List.of(
                new HelmReleaseFacts("osmo-operator", "osmo-operator", 2, "deployed"),
                new HelmReleaseFacts("kai-scheduler", "kai-scheduler", 1, "deployed"),
                new HelmReleaseFacts("gpu-operator", "gpu-operator", 1, "deployed")));
        List<LogFacts> operatorLogs = new ArrayList<>();
        List<ClaimFacts> claims = new ArrayList<>(
                List.of(new ClaimFacts("osmo-workflows", "data", Optional.empty(), List.of("ReadWriteOnce"), "Bound")));
        List<NetworkPolicyFacts> networkPolicies = new ArrayList<>(List.of(workflowPolicy()));
        List<QuotaFacts> quotas = new ArrayList<>();
        List<String> trouble = new ArrayList<>();
        List<PermissionFacts> ownRights = new ArrayList<>(List.of(
                new PermissionFacts("", "create", "", "namespaces", "", true),
                new PermissionFacts("", "create", "rbac.authorization.k8s.io", "clusterroles", "", true),
                new PermissionFacts("", "list", "", "nodes", "", true)));
        List<PermissionFacts> operatorRights = new ArrayList<>();
        List<StorageClassFacts> storageClasses = new ArrayList<>(List.of(new StorageClassFacts(
                "gp3",
                "ebs.csi.aws.com",
                Map.of("encrypted", "true", "kmsKeyId", "key-1"),
                true,
                true,
                "Delete",
                "WaitForFirstConsumer",
                Fact.unknown("not told"))));
        List<String> csiDrivers = new ArrayList<>(List.of("ebs.csi.aws.com"));
        List<SecretFacts> secrets = new ArrayList<>(List.of(
                pullSecret("osmo-operator"),
                pullSecret("osmo-workflows"),
                token(new SecretFacts.TokenShape(43, true))));
        List<PriorityClassFacts> priorityClasses = new ArrayList<>(List.of(
                new PriorityClassFacts("osmo-high", 125, false),
                new PriorityClassFacts("osmo-normal", 100, false),
                new PriorityClassFacts("osmo-low", 50, false)));

        Fact<ProbeFacts> probes = Fact.unknown("no probe was asked for");

        String status = "ACTIVE";
        boolean healthy = true;
        LocalDate supportUntil = LocalDate.parse("2027-03-27");
        boolean standardSupport = true;
        boolean tellsEndOfSupport = true;
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
        String clusterName = "train-west";
        Optional<String> pinnedVersion = Optional.empty();
        Optional<String> workloadIdentity = Optional.of("eks-pod-identity-agent");
        List<CloudFacts.Firewalls> firewalls =
                new ArrayList<>(List.of(new CloudFacts.Firewalls("i-1", List.of("sg-cluster"))));
        Fact<Long> vcpuLimit = Fact.of(200L);
        Fact<Long> vcpusUsed = Fact.of(24L);
        final Map<String, Long> drawing = new HashMap<>(Map.of("operator", 4L, "cpu", 4L, "gpu", 4L));
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

        /** Has the spec ask for these types in a pool. */
        void asksFor(String name, List<String> types) {
            Expectations e = expectations;
            expectations = new Expectations(
                    e.known(),
                    e.profile(),
                    e.pools().stream()
                            .map(p -> p.name().equals(name)
                                    ? new Expectations.Pool(
                                            p.name(), p.role(), types, p.scale(), p.labels(), p.taints(), p.zones())
                                    : p)
                            .toList(),
                    e.pullSecrets(),
                    e.serviceUrl(),
                    e.operatorNamespace(),
                    e.workflowNamespace(),
                    e.tokenSecretName(),
                    e.tokenWanted());
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
                    new ServerFacts(
                            fact("endpoint", URI.create(endpoint)),
                            fact("tlsVerified", tlsVerified),
                            fact("time", Instant.parse("2026-11-24T00:00:00Z")),
                            fact("version", version),
                            fact("apiGroups", apiGroups)),
                    new CoreFacts(
                            fact("nodes", nodes.stream().map(Node::facts).toList()),
                            fact("pods", List.copyOf(pods)),
                            fact("namespaces", List.copyOf(namespaces)),
                            fact("deployments", List.copyOf(deployments)),
                            fact("daemonSets", List.copyOf(daemonSets)),
                            fact("secrets", List.copyOf(secrets)),
                            fact("priorityClasses", List.copyOf(priorityClasses))),
                    new StorageFacts(
                            fact("storageClasses", List.copyOf(storageClasses)),
                            fact("csiDrivers", List.copyOf(csiDrivers)),
                            fact("csiNodes", List.copyOf(csiNodes))),
                    new StackFacts(
                            fact("crds", List.copyOf(crds)),
                            fact("shards", List.copyOf(shards)),
                            fact("schedulerNames", List.copyOf(schedulerNames)),
                            fact("queues", List.copyOf(queues)),
                            fact("clusterPolicies", List.copyOf(clusterPolicies)),
                            fact("runtimeClasses", List.copyOf(runtimeClasses)),
                            fact("webhooks", List.copyOf(webhooks)),
                            fact("endpoints", List.copyOf(endpoints)),
                            fact("helmReleases", List.copyOf(releases)),
                            fact("operatorLogs", List.copyOf(operatorLogs))),
                    new TenancyFacts(
                            fact("claims", List.copyOf(claims)),
                            fact("networkPolicies", List.copyOf(networkPolicies)),
                            fact("quotas", List.copyOf(quotas))),
                    new AccessFacts(
                            fact("trouble", List.copyOf(trouble)),
                            fact("ownRights", List.copyOf(ownRights)),
                            fact("operatorRights", List.copyOf(operatorRights))),
                    probes);
        }

        /** A DaemonSet with a pod on the GPU node. */
        void devicePlugin(String namespace, String name) {
            daemonSets.add(workload(namespace, name, 1, 1));
            pods.add(pod(namespace, name + "-x7k2p", "gpu-0", "Running", "DaemonSet", 0, ""));
        }

        /** Replaces a deployment or a DaemonSet by what a function makes of it. */
        Cluster change(String name, UnaryOperator<WorkloadFacts> change) {
            UnaryOperator<WorkloadFacts> one = d -> d.name().equals(name) ? change.apply(d) : d;
            deployments.replaceAll(one);
            daemonSets.replaceAll(one);
            return this;
        }

        /** Replaces the first container of a deployment or a DaemonSet. */
        Cluster container(String workload, UnaryOperator<TemplateFacts.Container> change) {
            return change(workload, d -> {
                TemplateFacts t = d.template().orElseThrow();
                return with(
                        d,
                        new TemplateFacts(
                                t.serviceAccount(),
                                t.nodeSelector(),
                                t.tolerations(),
                                t.pullSecrets(),
                                List.of(change.apply(t.containers().get(0))),
                                t.secrets(),
                                t.current()));
            });
        }

        /** Sets a flag of the first container of a deployment; null removes it. */
        Cluster flag(String workload, String flag, @Nullable String value) {
            return container(workload, c -> {
                Map<String, String> flags = new HashMap<>(c.flags());
                if (value == null) {
                    flags.remove(flag);
                } else {
                    flags.put(flag, value);
                }
                return new TemplateFacts.Container(
                        c.name(), c.image(), flags, c.memoryLimit(), c.startup(), c.runtimeConfigSource(), c.exposed());
            });
        }

        Cluster image(String workload, String image) {
            return container(
                    workload,
                    c -> new TemplateFacts.Container(
                            c.name(),
                            image,
                            c.flags(),
                            c.memoryLimit(),
                            c.startup(),
                            c.runtimeConfigSource(),
                            c.exposed()));
        }

        /** Moves the default class and the driver of every node to another driver. */
        void onto(String driver, String name) {
            storageClasses.set(
                    0,
                    new StorageClassFacts(
                            name,
                            driver,
                            Map.of(),
                            true,
                            true,
                            "Delete",
                            "WaitForFirstConsumer",
                            Fact.unknown("not told")));
            csiDrivers.set(0, driver);
            csiNodes.replaceAll(n -> new CsiNodeFacts(n.node(), List.of(driver)));
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
                    provider,
                    region,
                    clusterName,
                    fact(
                            "controlPlane",
                            new CloudFacts.ControlPlane(
                                    status,
                                    healthy,
                                    "1.35",
                                    tellsEndOfSupport
                                            ? fact("supportUntil", supportUntil)
                                            : Fact.unknown("the cloud names no end of support"),
                                    fact("supportUntil", standardSupport),
                                    fact("planeZones", planeZones),
                                    highlyAvailable,
                                    fact("secretsKey", secretsKey),
                                    publicAccess,
                                    publicCidrs,
                                    fact("logTypes", List.of("api", "audit")),
                                    pinnedVersion,
                                    fact("workloadIdentity", workloadIdentity))),
                    fact("pools", pools.stream().map(Pool::facts).toList()),
                    fact(
                            "network",
                            new CloudFacts.NetworkFacts(
                                    "vpc-1",
                                    networkCidrs,
                                    serviceCidr,
                                    subnets,
                                    fact("firewalls", List.copyOf(firewalls)))),
                    fact("backup", backup),
                    fact("volumeEncryption", volumeEncryption),
                    fact("cloudQuotas", List.of(new CloudFacts.Quota("vCPUs", vcpuLimit, vcpusUsed, drawing))));
        }

        private <T> Fact<T> fact(String part, T value) {
            assert PARTS.contains(part) : part;
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
            allocatable.put("pods", "58");
        }

        char letter() {
            return (char) ('a' + name.charAt(name.length() - 1) - '0');
        }

        /** Moves the node to another cloud. */
        void cloud(String poolLabel, String zone, String providerIdPrefix) {
            labels.put(poolLabel, labels.remove("eks.amazonaws.com/nodegroup"));
            labels.put("topology.kubernetes.io/zone", zone);
            providerId = providerIdPrefix + name;
        }

        void type(String operator, String cpu, String gpu) {
            labels.put(
                    "node.kubernetes.io/instance-type",
                    name.startsWith("operator") ? operator : name.startsWith("cpu") ? cpu : gpu);
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
        int gpus;
        Scale scale;
        List<Taint> taints;
        List<String> issues = List.of();
        List<String> types = List.of("m7i.xlarge");

        @Nullable
        Fact<CloudFacts.Machine> machine;

        Fact<Integer> diskGib = Fact.of(100);
        Fact<Boolean> diskEncrypted = Fact.of(true);
        Fact<Boolean> driverByCloud = Fact.of(false);
        String specPool;

        Pool(String name, String nodeType, Scale scale, int gpus, List<Taint> taints) {
            this.name = name;
            this.specPool = name;
            this.scale = scale;
            this.gpus = gpus;
            this.taints = taints;
            labels.put("node-type", nodeType);
            if (gpus > 0) {
                labels.put("nvidia.com/gpu.present", "true");
            }
        }

        CloudFacts.Pool facts() {
            return new CloudFacts.Pool(
                    name,
                    Optional.of(specPool).filter(known -> !known.isEmpty()),
                    "ACTIVE",
                    issues,
                    types,
                    machine != null ? machine : Fact.of(new CloudFacts.Machine("m7i.xlarge", 4, 16384, gpus, "amd64")),
                    scale,
                    Map.copyOf(labels),
                    taints,
                    diskGib,
                    diskEncrypted,
                    Fact.of(List.of("us-west-2a", "us-west-2b")),
                    "1.35",
                    "AL2023_x86_64_STANDARD",
                    false,
                    driverByCloud);
        }
    }

    static WorkloadFacts with(WorkloadFacts workload, TemplateFacts template) {
        return new WorkloadFacts(
                workload.namespace(), workload.name(), workload.wanted(), workload.ready(), Optional.of(template));
    }

    static WorkloadFacts ready(WorkloadFacts workload, int ready) {
        return new WorkloadFacts(workload.namespace(), workload.name(), workload.wanted(), ready, workload.template());
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
                List.of(),
                new Scale(1, 30, 1),
                role.labels(),
                List.of(taints),
                List.of("us-west-2a", "us-west-2b"));
    }
}
