// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real kube-apiserver. Some findings come from its version: the bundled one, 1.20, must fail, is older than the planted kubelets,
 * and does not serve endpoint slices; a current one, such as 1.36, serves them, and has no DNS server.
 */
class VerifyKubeIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.own();

    private static final BackendVerifier VERIFIER = BackendVerifier.standard();
    /** The first minor version of Kubernetes 1 that OSMO accepts, and the first that serves endpoint slices. */
    private static final int SUPPORTED = 30;

    private static final int WITH_SLICES = 21;

    private static GoodCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new GoodCluster(SERVER);
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** What is found because of the version of the server, whichever that is. */
    private static Map<String, Status> ofTheServersVersion() {
        int minor =
                Integer.parseInt(cluster.admin.getKubernetesVersion().getMinor().replaceAll("\\D.*", ""));
        Map<String, Status> found = new TreeMap<>();
        if (minor < SUPPORTED) {
            found.put("control-plane.version-min", Status.FAIL);
            found.put("control-plane.kubelet-skew", Status.WARN);
        }
        found.put("network.dns-endpoints", minor < WITH_SLICES ? Status.UNKNOWN : Status.FAIL);
        return found;
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
        cluster.csiNodes();
        cluster.storageClass("gp2", "true");
        cluster.token("too-short");
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
            cluster.admin.storage().v1().storageClasses().withName("gp2").delete();
            cluster.token(GoodCluster.TOKEN);
        }
    }

    /** The API server makes defaults of a maximum, and says itself which parts of its API do not answer. */
    @Test
    void a_maximum_of_gpus_and_a_part_of_the_api_without_a_server_are_found() {
        LimitRange range = new LimitRangeBuilder()
                .withNewMetadata()
                .withName("gpus")
                .withNamespace("osmo-workflows")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToMax("nvidia.com/gpu", new Quantity("8"))
                .endLimit()
                .endSpec()
                .build();
        APIService api = new APIServiceBuilder()
                .withNewMetadata()
                .withName("v1.left.example.com")
                .endMetadata()
                .withNewSpec()
                .withGroup("left.example.com")
                .withVersion("v1")
                .withNewService()
                .withNamespace("default")
                .withName("gone")
                .endService()
                .withInsecureSkipTLSVerify(true)
                .withGroupPriorityMinimum(1000)
                .withVersionPriority(10)
                .endSpec()
                .build();
        try {
            cluster.admin.resource(range).create();
            cluster.admin.resource(api).create();
            cluster.admin
                    .resource(api)
                    .waitUntilCondition(
                            a -> a != null
                                    && a.getStatus() != null
                                    && a.getStatus().getConditions().stream()
                                            .anyMatch(c -> c.getStatus().equals("False")),
                            60,
                            TimeUnit.SECONDS);

            assertThat(VERIFIER.only("operator.namespace-limits", "control-plane.api-services")
                            .verifyKubeconfig(SERVER.kubeconfig())
                            .findings())
                    .extracting(Finding::status, Finding::observed)
                    .containsExactly(
                            tuple(Status.WARN, "v1.left.example.com by default/gone: ServiceNotFound"),
                            tuple(
                                    Status.FAIL,
                                    "osmo-workflows gives each container 8 nvidia.com/gpu, also those of OSMO's own (1 of 1"
                                            + " limit ranges)"));
        } finally {
            cluster.admin.resource(range).delete();
            cluster.admin.resource(api).delete();
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

    @Test
    void what_is_forbidden_is_unknown_with_the_missing_rule() {
        cluster.letStrangerList("node-reader", List.of(""), List.of("nodes"));

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
        cluster.letStrangerList("workload-reader", List.of("", "apps"), List.of("pods", "deployments"));
        cluster.deployment("osmo-operator", "osmo-listener", "registry.example.com/backend-listener:6.4.0");
        Pod pod = cluster.admin
                .resource(new PodBuilder()
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
            cluster.admin
                    .resource(pod)
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
            cluster.admin.resource(pod).withGracePeriod(0).delete();
            cluster.admin
                    .apps()
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
                .doesNotContain(GoodCluster.TOKEN)
                .doesNotContain(GoodCluster.PASSWORD);
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
}
