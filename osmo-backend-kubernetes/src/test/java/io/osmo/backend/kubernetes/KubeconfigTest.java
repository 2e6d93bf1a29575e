// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.KubeconfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people meet: files that are not there, cut off, of something else, or that name what they do not have. */
class KubeconfigTest {
    private static final String GOOD = """
            apiVersion: v1
            kind: Config
            clusters:
            - name: west
              cluster:
                server: https://west.example.com
            - name: east
              cluster:
                server: https://east.example.com
            users:
            - name: admin
              user:
                token: do-not-tell
            contexts:
            - name: dev
              context:
                cluster: west
                user: admin
            - name: prod
              context:
                cluster: east
                user: admin
            current-context: dev
            """;

    @TempDir
    Path directory;

    private Path file(String text) {
        try {
            return Files.writeString(directory.resolve("kubeconfig"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KubeconfigException refused(Path file) {
        return refused(file, Optional.empty());
    }

    private static KubeconfigException refused(Path file, Optional<String> context) {
        KubeconfigException refused = catchThrowableOfType(
                KubeconfigException.class,
                () -> context.map(name -> KubernetesClients.fromKubeconfig(file, name))
                        .orElseGet(() -> KubernetesClients.fromKubeconfig(file))
                        .close());
        assertThat(refused).as("refused").isNotNull().hasMessageContaining(file.toString());
        assertThat(refused.getMessage() + refused.remedy()).doesNotContain("do-not-tell");
        assertThat(refused.remedy()).isNotBlank();
        return refused;
    }

    @Test
    void its_current_or_a_named_context_is_opened() {
        try (KubernetesClient current = KubernetesClients.fromKubeconfig(file(GOOD));
                KubernetesClient named = KubernetesClients.fromKubeconfig(file(GOOD), "prod")) {
            assertThat(current.getMasterUrl()).hasHost("west.example.com");
            assertThat(current.getConfiguration().getCurrentContext().getName()).isEqualTo("dev");
            assertThat(named.getMasterUrl()).hasHost("east.example.com");
        }
    }

    @Test
    void what_is_no_file_is_said_to_be_none() {
        assertThat(refused(directory.resolve("absent"))).hasMessageContaining("no readable file");
        assertThat(refused(directory)).hasMessageContaining("no readable file");
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is empty",
        "'   ', it is empty",
        "'clusters: [unclosed', is no YAML: line 1",
        "'<html><body>Sign in</body></html>', is no mapping",
        "'- a list', is no mapping",
        "'\0\1\2', is no YAML",
        "'apiVersion: v1', 'names no current context, and has no contexts'",
    })
    void what_is_no_kubeconfig_is_said_to_be_none(String text, String message) {
        assertThat(refused(file(text))).hasMessageContaining(message).hasMessageNotContaining("fasterxml");
    }

    @Test
    void without_a_current_context_no_other_cluster_is_taken() {
        KubeconfigException refused = refused(file(GOOD.replace("current-context: dev", "")));

        assertThat(refused).hasMessageContaining("names no current context");
        assertThat(refused.remedy()).contains("dev, prod").contains("kubectl config use-context");
    }

    @Test
    void a_context_that_is_not_there_is_refused_with_those_that_are() {
        assertThat(refused(file(GOOD.replace("current-context: dev", "current-context: gone"))))
                .hasMessageContaining("has no context 'gone'; it has dev, prod");
        assertThat(refused(file(GOOD), Optional.of("gone")))
                .hasMessageContaining("has no context 'gone'; it has dev, prod");
    }

    @Test
    void everything_that_a_context_lacks_is_named_at_once() {
        String broken = GOOD.replace("    cluster: west\n    user: admin", "    cluster: north\n    user: nobody");

        assertThat(refused(file(broken)))
                .hasMessageContaining(
                        "contexts[dev].context.cluster: there is no cluster 'north'; there are west, east")
                .hasMessageContaining("contexts[dev].context.user: there is no user 'nobody'; there are admin");
        assertThat(refused(file(GOOD.replace("    server: https://west.example.com", "    x: 1"))))
                .hasMessageContaining("clusters[west].cluster.server: not set");
        assertThat(refused(file(GOOD.replace("https://west.example.com", "west.example.com"))))
                .hasMessageContaining("clusters[west].cluster.server: 'west.example.com' is no http or https URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:do-not-tell@west.example.com", "me:do-not-tell@west.example.com"})
    void an_address_holds_no_credential(String server) {
        assertThat(refused(file(GOOD.replace("https://west.example.com", server))))
                .hasMessageContaining("clusters[west].cluster.server: has a user name or password");
    }

    @Test
    void certificates_and_keys_that_are_none_are_refused_by_path() {
        String text = Base64.getEncoder().encodeToString("hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        String broken = GOOD.replace(
                        "server: https://west.example.com",
                        "server: https://west.example.com\n    certificate-authority-data: '***'")
                .replace(
                        "token: do-not-tell",
                        "client-certificate-data: " + text + "\n    client-key: nowhere/admin.key");

        assertThat(refused(file(broken)))
                .hasMessageContaining("clusters[west].cluster.certificate-authority-data: not base64")
                .hasMessageContaining("users[admin].user.client-certificate-data: no certificate in PEM")
                .hasMessageContaining("users[admin].user.client-key: there is no readable file "
                        + directory.resolve("nowhere/admin.key"));
    }

    @ParameterizedTest
    @CsvSource({"no-such-plugin-anywhere, []", "sh, '[-c, \"echo SSO session has expired >&2; exit 1\"]'", "echo, [x]"})
    void a_plugin_that_gives_no_credential_is_no_reason_to_go_on_as_nobody(String command, String arguments) {
        KubeconfigException refused = refused(file(GOOD.replace(
                "token: do-not-tell",
                "exec:\n      apiVersion: client.authentication.k8s.io/v1\n      command: " + command + "\n      args: "
                        + arguments
                        + "\n      interactiveMode: Never\n      installHint: Install it from example.com.")));

        assertThat(refused)
                .hasMessageContaining("users[admin].user.exec: the plugin '" + command + "' gave no credential: it ")
                .hasMessageNotContaining("SSO session");
        assertThat(refused.remedy())
                .contains("kubectl --kubeconfig " + directory.resolve("kubeconfig") + " --context dev version")
                .contains("Install it from example.com.");
    }

    @Test
    void a_plugin_that_gives_a_token_is_used() {
        Path file = file(GOOD.replace(
                "token: do-not-tell",
                "exec:\n      apiVersion: client.authentication.k8s.io/v1\n      command: echo\n      args:\n      - '"
                        + "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":"
                        + "{\"token\":\"do-not-tell\"}}'\n      interactiveMode: Never"));

        try (KubernetesClient client = KubernetesClients.fromKubeconfig(file)) {
            assertThat(client.getConfiguration().getAutoOAuthToken()).isEqualTo("do-not-tell");
        }
    }
}
