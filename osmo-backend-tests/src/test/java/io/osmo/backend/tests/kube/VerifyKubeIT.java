// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import io.fabric8.kubernetes.api.model.storage.CSINodeBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.tests.services.KubeApiServer;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real kube-apiserver. What its version makes of a good cluster is always there: that of the bundled one, 1.20, must fail, the
 * planted kubelets are too new for it, and it does not serve endpoint slices yet; a current one, such as 1.36, serves them, and has no
 * DNS server. Everything else is as planted.
 */
class VerifyKubeIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.own();

    private static final BackendVerifier VERIFIER = BackendVerifier.standard();
    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
    private static final String PASSWORD = "a-password-that-must-not-leak";
    /** The first minor version of Kubernetes 1 that OSMO accepts, and the first that serves endpoint slices. */
    private static final int SUPPORTED = 30;

    private static final int WITH_SLICES = 21;

    private static KubernetesClient admin;

    @BeforeAll
    static void build_a_good_cluster() {
        admin = KubernetesClients.fromKubeconfig(SERVER.kubeconfig());
        SERVER.nodes(
                2,
                "--node-type",
                "operator",
                "--taint",
                "ops=true:NoSchedule",
                "--instance-type",
                "m5.xlarge",
                "--cpu",
                "4",
                "--memory",
                "16384");
        SERVER.nodes(6, "--pool", "cpu");
        SERVER.nodes(1, "--gpu");
        namespace("osmo-operator");
        namespace("osmo-workflows");
        deployment("kube-system", "cluster-autoscaler", "registry.example.com/c:1");
        deployment("kube-system", "ebs-csi-controller", "registry.example.com/c:1");
        storageClass("gp3", "true");
        admin.resource(new CSIDriverBuilder()
                        .withNewMetadata()
                        .withName("ebs.csi.aws.com")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .build())
                .create();
        admin.nodes().list().getItems().forEach(n -> csiNode(n.getMetadata().getName()));
        token(TOKEN);
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("registry")
                        .withNamespace("osmo-workflows")
                        .endMetadata()
                        .withType("kubernetes.io/dockerconfigjson")
                        .addToStringData(
                                ".dockerconfigjson",
                                "{\"auths\":{\"registry.example.com\":{\"username\":\"u\",\"password\":\"" + PASSWORD
                                        + "\"}}}")
                        .build())
                .create();
        Map.of("osmo-high", 125, "osmo-normal", 100, "osmo-low", 50)
                .forEach((name, value) -> admin.resource(new PriorityClassBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withValue(value)
                                .build())
                        .create());
    }

    /** What is found because of the version of the server, whichever that is. */
    private static Map<String, Status> ofTheServersVersion() {
        int minor = Integer.parseInt(admin.getKubernetesVersion().getMinor().replaceAll("\\D.*", ""));
        Map<String, Status> found = new TreeMap<>();
        if (minor < SUPPORTED) {
            found.put("control-plane.version-min", Status.FAIL);
            found.put("control-plane.kubelet-skew", Status.WARN);
        }
        found.put("network.dns-endpoints", minor < WITH_SLICES ? Status.UNKNOWN : Status.FAIL);
        return found;
    }

    @AfterAll
    static void close() {
        if (admin != null) {
            admin.close();
        }
    }

    @Test
    void a_good_cluster_fails_only_for_the_version_of_its_api_server() {
        assertThat(findings(verify())).isEqualTo(ofTheServersVersion());
    }

    @Test
    void planted_defects_are_reported_and_nothing_else() {
        SERVER.nodes(1, "--pool", "cpu", "--start", "20", "--containerd", "1.7.24");
        SERVER.nodes(1, "--pool", "cpu", "--start", "21", "--node-type", "");
        SERVER.nodes(1, "--pool", "cpu", "--start", "22", "--condition", "DiskPressure=True");
        SERVER.nodes(1, "--pool", "cpu", "--start", "23", "--condition", "Ready=False");
        SERVER.nodes(1, "--gpu", "--gpus", "0", "--start", "20");
        SERVER.nodes(
                1,
                "--node-type",
                "operator",
                "--start",
                "20",
                "--taint",
                "ops=true:NoSchedule",
                "--cpu",
                "2",
                "--disk",
                "30");
        admin.nodes().list().getItems().forEach(n -> csiNode(n.getMetadata().getName()));
        storageClass("gp2", "true");
        token("too-short");
        try {
            Map<String, Status> expected = new TreeMap<>(ofTheServersVersion());
            expected.put("runtime.containerd-version", Status.FAIL);
            expected.put("pool.compute.label", Status.WARN);
            expected.put("node.pressure", Status.WARN);
            expected.put("node.ready", Status.WARN);
            // The API server itself taints a node that joins without being ready.
            expected.put("node.transient-taints", Status.WARN);
            expected.put("gpu.allocatable", Status.FAIL);
            expected.put("gpu.present-label", Status.WARN);
            expected.put("pool.operator.cpu", Status.FAIL);
            expected.put("pool.operator.disk-allocatable", Status.WARN);
            expected.put("storage.default-class", Status.WARN);
            expected.put("operator.token-format", Status.FAIL);

            Report report = verify();

            assertThat(findings(report)).isEqualTo(expected);
            Finding containerd = report.findings(Status.FAIL).stream()
                    .filter(f -> f.check().equals("runtime.containerd-version"))
                    .findFirst()
                    .orElseThrow();
            assertThat(containerd.observed()).contains("containerd://1.7.24");
            assertThat(containerd.resources()).singleElement().asString().startsWith("node/ip-10-");
        } finally {
            for (String start : new String[] {"20", "21", "22", "23"}) {
                SERVER.nodes(1, "--pool", "cpu", "--start", start, "--delete");
            }
            SERVER.nodes(1, "--gpu", "--start", "20", "--delete");
            SERVER.nodes(1, "--node-type", "operator", "--start", "20", "--delete");
            admin.storage().v1().storageClasses().withName("gp2").delete();
            token(TOKEN);
        }
    }

    @Test
    void a_report_is_named_after_the_context() {
        assertThat(VERIFIER.only("node.ready")
                        .verifyKubeconfig(SERVER.kubeconfig())
                        .cluster())
                .isEqualTo("local");
    }

    @Test
    void nothing_passes_on_a_server_with_an_untrusted_certificate(@TempDir Path directory) throws Exception {
        // Any other authority will do; that of the JDK's first trusted root is at hand.
        TrustManagerFactory roots = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        roots.init((KeyStore) null);
        byte[] other = ((X509TrustManager) roots.getTrustManagers()[0]).getAcceptedIssuers()[0].getEncoded();
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(other)
                + "\n-----END CERTIFICATE-----\n";
        Path kubeconfig = Files.writeString(
                directory.resolve("kubeconfig"),
                Files.readString(SERVER.kubeconfig())
                        .replaceFirst(
                                "certificate-authority-data: .*",
                                "certificate-authority-data: "
                                        + Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII))));

        Report report = VERIFIER.verifyKubeconfig(kubeconfig);

        assertThat(report.findings(Status.PASS)).isEmpty();
        assertThat(report.findings(Status.UNKNOWN))
                .hasSizeGreaterThan(50)
                .extracting(Finding::observed)
                .allMatch(observed -> observed.startsWith("no TLS with https://"));
    }

    @Test
    void a_list_of_many_pages_is_read_completely() {
        ClusterSnapshot large = VERIFIER.snapshotKubeconfig(SERVER.kubeconfig(), Expectations.ofAnyBackend());
        ClusterSnapshot small =
                VERIFIER.pageSize(2).snapshotKubeconfig(SERVER.kubeconfig(), Expectations.ofAnyBackend());

        assertThat(small.core().nodes()).isEqualTo(large.core().nodes());
        assertThat(small.core().nodes().known().orElseThrow()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(small.storage().csiNodes()).isEqualTo(large.storage().csiNodes());
    }

    private void letStrangerList(String role, List<String> groups, List<String> resources) {
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups(groups)
                        .withResources(resources)
                        .withVerbs("list")
                        .endRule()
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", "stranger", null)
                        .build())
                .create();
    }

    @Test
    void what_is_forbidden_is_unknown_with_the_missing_rule() {
        letStrangerList("node-reader", List.of(""), List.of("nodes"));

        Report report = VERIFIER.verify(SERVER.stranger(), Expectations.ofAnyBackend());

        Map<String, Finding> byCheck =
                report.findings().stream().collect(Collectors.toMap(Finding::check, finding -> finding));
        assertThat(byCheck.get("runtime.containerd").status()).isEqualTo(Status.PASS);
        assertThat(byCheck.get("storage.default-class").status()).isEqualTo(Status.UNKNOWN);
        assertThat(byCheck.get("storage.default-class").observed())
                .startsWith("403 on /apis/storage.k8s.io/v1/storageclasses: ");
        assertThat(byCheck.get("storage.default-class").next())
                .contains("BackendVerifier.requiredRbac()")
                .contains("{apiGroups: [\"storage.k8s.io\"], resources: [\"storageclasses\"], verbs: [\"list\"]}");
        assertThat(byCheck.get("operator.token-secret").next())
                .contains("Role in namespace osmo-operator")
                .contains("resources: [\"secrets\"]");
    }

    @Test
    void forbidden_logs_are_unknown_with_the_missing_rule() {
        letStrangerList("workload-reader", List.of("", "apps"), List.of("pods", "deployments"));
        deployment("osmo-operator", "osmo-listener", "registry.example.com/backend-listener:6.4.0");
        Pod pod = admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("osmo-listener-5d-a")
                        .withNamespace("osmo-operator")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage("registry.example.com/backend-listener:6.4.0")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        try {
            admin.resource(pod)
                    .editStatus(p -> new PodBuilder(p)
                            .editOrNewStatus()
                            .withPhase("Running")
                            .addNewContainerStatus()
                            .withName("c")
                            .withImage("i")
                            .withImageID("i")
                            .withReady(true)
                            .withRestartCount(0)
                            .endContainerStatus()
                            .endStatus()
                            .build());

            Finding logs = logScan(VERIFIER.verify(SERVER.stranger(), Expectations.ofAnyBackend()));

            assertThat(logs.status()).isEqualTo(Status.UNKNOWN);
            assertThat(logs.observed()).contains("cannot get resource \"pods/log\"");
            assertThat(logs.next())
                    .contains("Role in namespace osmo-operator")
                    .contains("{apiGroups: [\"\"], resources: [\"pods/log\"], verbs: [\"get\"]}");
            assertThat(logScan(verify()).status())
                    .as("to who may read them the API server gives an empty log for a pod that is on no node")
                    .isEqualTo(Status.PASS);
        } finally {
            admin.resource(pod).withGracePeriod(0).delete();
            admin.apps()
                    .deployments()
                    .inNamespace("osmo-operator")
                    .withName("osmo-listener")
                    .delete();
        }
    }

    @Test
    void a_saved_snapshot_is_judged_like_the_cluster_itself() {
        ClusterSnapshot snapshot = VERIFIER.snapshotKubeconfig(SERVER.kubeconfig(), Expectations.ofAnyBackend());

        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
        assertThat(VERIFIER.verify(ClusterSnapshot.fromJson(snapshot.toJson()))).isEqualTo(VERIFIER.verify(snapshot));
    }

    @Test
    void no_value_of_a_secret_is_in_a_snapshot_or_a_report() {
        ClusterSnapshot snapshot = VERIFIER.snapshotKubeconfig(SERVER.kubeconfig(), Expectations.ofAnyBackend());

        assertThat(snapshot.toJson()
                        + VERIFIER.verify(snapshot).toJson()
                        + snapshot.core().secrets())
                .contains("registry.example.com")
                .doesNotContain(TOKEN)
                .doesNotContain(PASSWORD);
    }

    private static Report verify() {
        return VERIFIER.verifyKubeconfig(SERVER.kubeconfig(), "local");
    }

    private static Finding logScan(Report report) {
        return report.findings().stream()
                .filter(f -> f.check().equals("operator.log-scan"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Status> findings(Report report) {
        return report.findings().stream()
                .filter(f -> !Set.of(Status.PASS, Status.SKIPPED).contains(f.status()))
                .collect(Collectors.toMap(Finding::check, Finding::status));
    }

    private static void namespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static void token(String value) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("osmo-backend-token-default")
                        .withNamespace("osmo-operator")
                        .endMetadata()
                        .addToStringData("token", value)
                        .build())
                .serverSideApply();
    }

    private static void storageClass(String name, String isDefault) {
        admin.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToAnnotations("storageclass.kubernetes.io/is-default-class", isDefault)
                        .endMetadata()
                        .withProvisioner("ebs.csi.aws.com")
                        .addToParameters("encrypted", "true")
                        .withAllowVolumeExpansion(true)
                        .withReclaimPolicy("Delete")
                        .withVolumeBindingMode("WaitForFirstConsumer")
                        .build())
                .create();
    }

    private static void csiNode(String node) {
        admin.resource(new CSINodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .endMetadata()
                        .withNewSpec()
                        .addNewDriver()
                        .withName("ebs.csi.aws.com")
                        .withNodeID(node)
                        .endDriver()
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    private static void deployment(String namespace, String name, String image) {
        admin.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("c")
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        admin.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .editStatus(d -> new DeploymentBuilder(d)
                        .withNewStatus()
                        .withReplicas(1)
                        .withReadyReplicas(1)
                        .endStatus()
                        .build());
    }
}
