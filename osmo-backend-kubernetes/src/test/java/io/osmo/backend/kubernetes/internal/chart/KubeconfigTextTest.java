// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spec.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the process that renders charts gets to look into a cluster. */
class KubeconfigTextTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_plugin_runs_here_and_its_token_is_inside_as_is_what_files_hold() throws IOException {
        Files.writeString(folder.resolve("token"), "token-of-a-file");
        Files.createFile(folder.resolve("runs"));
        Path kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: other
                clusters:
                - {name: west, cluster: {server: "https://west.example.com"}}
                - {name: east, cluster: {server: "https://east.example.com"}}
                users:
                - name: plugin
                  user:
                    exec:
                      apiVersion: client.authentication.k8s.io/v1
                      interactiveMode: Never
                      command: sh
                      args: ["-c", "echo run >> %s/runs; echo '%s'"]
                - {name: admin, user: {tokenFile: token}}
                contexts:
                - {name: dev, context: {cluster: west, user: plugin}}
                - {name: other, context: {cluster: east, user: admin}}
                """.formatted(folder, credential().replace("\"", "\\\"")));

        Secret text = text(kubeconfig, "dev");

        assertThat(folder.resolve("runs")).as("only when the text is needed").isEmptyFile();
        assertThat(text.reveal())
                .contains("https://west.example.com", "token-of-the-plugin")
                .doesNotContain("exec", "east");
        assertThat(folder.resolve("runs")).hasContent("run");
        assertThat(text).asString().doesNotContain("token-of-the-plugin");
        assertThat(text(kubeconfig, "other").reveal())
                .contains("https://east.example.com", "token-of-a-file")
                .doesNotContain("tokenFile", "west");
    }

    private static Secret text(Path kubeconfig, String context) {
        ClusterAccess access = KubernetesClients.access(kubeconfig, Optional.of(context));
        return KubeconfigText.of(access).orElseThrow();
    }

    private static String credential() {
        return "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":"
                + "{\"token\":\"token-of-the-plugin\"}}";
    }
}
