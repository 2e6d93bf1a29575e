// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of workloads, pods and Secrets. */
class WorkloadsTest extends BadServer {
    @Test
    void malformed_objects_are_read_without_errors() {
        String nonsense =
                "{\"kind\":\"List\",\"metadata\":null,\"items\":[{},{\"metadata\":null,\"spec\":null,\"status\":null},"
                        + "{\"metadata\":{\"name\":\"x\",\"namespace\":\"osmo-operator\",\"labels\":null},\"spec\":{\"template\":{\"spec\":"
                        + "{\"containers\":[{\"image\":\"r/backend-worker\",\"args\":[\"--host\",null],\"env\":null,\"resources\":"
                        + "{\"limits\":{\"memory\":\"much\"}}}]}},\"egress\":[{}],\"versions\":3},\"status\":{\"allocatable\":"
                        + "{\"cpu\":\"lots\",\"memory\":null},\"containerStatuses\":[{\"lastState\":{\"terminated\":{\"finishedAt\":"
                        + "\"yesterday\",\"exitCode\":\"one\"}}}]}}]}";
        read();
        asked.stream()
                .map(a -> a.substring(a.indexOf(' ') + 1))
                .filter(p -> p.startsWith("/api") && !p.equals("/apis"))
                .forEach(p -> bodies.put(p, nonsense));

        ClusterSnapshot snapshot = read();
        Report report = VERIFIER.verify(snapshot);

        assertThat(snapshot.core().pods()).isInstanceOf(Fact.Known.class);
        assertThat(report.findings()).noneMatch(f -> f.observed().contains("defective"));
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
    }

    @Test
    void only_flags_and_variables_that_checks_need_are_kept() {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"d\",\"namespace\":\"osmo-operator\"},\"spec\":{\"template\":"
                        + "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"r/backend-worker:6.4.0\",\"args\":[\"--host\","
                        + "\"https://me:pa55@osmo.example.com\",\"--login_method=token\",\"--password\",\"hunter2\",\"--proxy\","
                        + "\"http://u:p4ss@proxy\"],\"env\":[{\"name\":\"API_TOKEN\",\"value\":\"s3cret\"},"
                        + "{\"name\":\"AWS_SECRET_ACCESS_KEY\",\"value\":\"s3cret\"},{\"name\":\"OK\","
                        + "\"value\":\"v4lue\"},{\"name\":\"REF_TOKEN\",\"valueFrom\":{}}]}]}}}}]}");

        String json = read().toJson();

        assertThat(json)
                .contains(
                        "https://osmo.example.com",
                        "\"loginmethod\":\"token\"",
                        "API_TOKEN",
                        "AWS_SECRET_ACCESS_KEY",
                        "--password")
                .doesNotContain("hunter2", "p4ss", "pa55", "s3cret", "v4lue", "REF_TOKEN");
        assertThat(asked.stream().filter(a -> a.contains("/subjectaccessreviews")))
                .as("questions about the worker's service account")
                .hasSize(1);
    }

    @Test
    void pull_errors_and_required_secrets_are_kept() {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"d\",\"namespace\":\"osmo-operator\"},\"spec\":{\"template\":"
                        + "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"r/backend-worker:6.4.0\"}],\"volumes\":["
                        + "{\"name\":\"osmo-secret\",\"secret\":{\"secretName\":\"agent-token\",\"items\":[{\"key\":\"token\","
                        + "\"path\":\"token.txt\"}]}},{\"name\":\"maybe\",\"secret\":{\"secretName\":\"x\",\"optional\":true}},"
                        + "{\"name\":\"tmp\",\"emptyDir\":{}}]}}}}]}");
        bodies.put(
                "/api/v1/pods",
                "{\"metadata\":{},\"items\":["
                        + pod(
                                "osmo-operator",
                                "d-1",
                                "Pending",
                                "[{\"name\":\"c\",\"state\":{\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":"
                                        + "\"https://r/layer?signature=s3cret: 403 Forbidden\"}}},"
                                        + "{\"name\":\"b\",\"state\":{\"waiting\":{\"reason\":\"CreateContainerError\","
                                        + "\"message\":\"pa55\"}}}]")
                        + "]}");

        ClusterSnapshot snapshot = read();

        assertThat(snapshot.toJson()).doesNotContain("s3cret", "pa55");
        assertThat(snapshot.core().pods().known().orElseThrow().get(0).containers())
                .extracting(ContainerFacts::pullRefusal)
                .containsExactly(Fact.of("https://r/layer?… 403 Forbidden"), Fact.of(""));
        assertThat(snapshot.core()
                        .deployments()
                        .known()
                        .orElseThrow()
                        .get(0)
                        .template()
                        .orElseThrow()
                        .secrets())
                .isEqualTo(Fact.of(
                        List.of(new TemplateFacts.SecretVolume("osmo-secret", "agent-token", List.of("token")))));
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
    }

    /** As the deployment controller reports an upgrade whose new pod does not become ready: the old one stays. */
    @ParameterizedTest
    @CsvSource({"1, 1, true", "2, 1, false", "1, 0, false", "0, 0, true"})
    void pods_of_an_older_revision_are_told_apart(int pods, int updated, boolean current) {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"d\",\"namespace\":\"osmo-operator\",\"generation\":2},"
                        + "\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"r/backend-worker:6.4.0\"}]}}},"
                        + "\"status\":{\"observedGeneration\":2,\"readyReplicas\":1,\"replicas\":" + pods
                        + ",\"updatedReplicas\":"
                        + updated + "}}]}");

        assertThat(read().core()
                        .deployments()
                        .known()
                        .orElseThrow()
                        .get(0)
                        .template()
                        .orElseThrow()
                        .current())
                .isEqualTo(current);
    }

    @ParameterizedTest
    @CsvSource({
        "nvcr.io, $oauthtoken, true",
        "nvcr.io, somebody, false",
        "ghcr.io, somebody, true",
        "https://nvcr.io/v2/, $oauthtoken, true"
    })
    void credentials_for_nvcr_need_its_user_name(String registry, String user, boolean usable) {
        String pair = Base64.getEncoder().encodeToString((user + ":pa55").getBytes(StandardCharsets.UTF_8));
        for (String entry :
                List.of("{\"username\":\"" + user + "\",\"password\":\"pa55\"}", "{\"auth\":\"" + pair + "\"}")) {
            assertThat(registries("{\"" + registry + "\":" + entry + "}").values())
                    .containsExactly(usable);
        }
    }

    private Map<String, Boolean> registries(String auths) {
        String config = "{\"auths\":" + auths + "}";
        bodies.put(
                "/api/v1/namespaces/osmo-operator/secrets",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"s\",\"namespace\":\"osmo-operator\"},\"type\":"
                        + "\"kubernetes.io/dockerconfigjson\",\"data\":{\".dockerconfigjson\":\""
                        + Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)) + "\"}}]}");
        return read().core().secrets().known().orElseThrow().get(0).registries().orElseThrow();
    }

    @Test
    void kubelets_prefer_auth_to_a_user_name_and_try_each_entry_of_a_registry() {
        String wrong = Base64.getEncoder().encodeToString("me:pa55".getBytes(StandardCharsets.UTF_8));

        assertThat(registries(
                        "{\"nvcr.io\":{\"username\":\"$oauthtoken\",\"password\":\"k\",\"auth\":\"" + wrong + "\"}}"))
                .containsExactly(Map.entry("nvcr.io", false));
        String good = "{\"username\":\"$oauthtoken\",\"password\":\"k\"}";
        assertThat(registries("{\"nvcr.io/nvidia\":" + good + ",\"https://nvcr.io\":{\"auth\":\"\"}}"))
                .containsExactly(Map.entry("nvcr.io", true));
        assertThat(registries("{\"https://nvcr.io\":{\"auth\":\"\"},\"nvcr.io\":" + good + "}"))
                .containsExactly(Map.entry("nvcr.io", true));
        assertThat(registries("{\"r.io\":{\"identitytoken\":\"t\"}}"))
                .as("kubelets know no identity tokens")
                .containsExactly(Map.entry("r.io", false));
    }
}
