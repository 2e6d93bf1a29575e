// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.osmo.backend.error.KubeconfigException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that never end, and plugins that never end, print without end, or print what must not be repeated. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class HostileKubeconfigTest {
    private static final String CANARY = "canary-7f3a";

    @TempDir
    Path directory;

    private Path file(String user) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), """
                clusters: [{name: west, cluster: {server: 'https://west.example.com'}}]
                users:
                - name: admin
                  user: %s
                contexts: [{name: dev, context: {cluster: west, user: admin}}]
                current-context: dev
                """.formatted(user));
    }

    private Path plugin(String script) throws IOException {
        Path plugin = Files.writeString(directory.resolve("plugin"), "#!/bin/sh\n" + script + "\n");
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        return file("{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, args: [" + CANARY
                + "], env: [{name: SECRET, value: " + CANARY + "}], interactiveMode: Never}}");
    }

    private static String credential(String status) {
        return "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":"
                + status + "}'";
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private Path large() throws IOException {
        Path large = directory.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        return large;
    }

    private static KubeconfigException refused(Path file) {
        KubeconfigException refused = catchThrowableOfType(
                KubeconfigException.class, () -> Kubeconfig.read(file, Optional.empty(), Duration.ofMillis(1_500)));
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.getMessage() + refused.remedy())
                .doesNotContain(CANARY)
                .hasSizeLessThan(20_000);
        return refused;
    }

    @Test
    void a_kubeconfig_is_a_regular_file_of_bounded_size() throws Exception {
        assertThat(refused(pipe())).hasMessageContaining("is not a regular file");
        assertThat(refused(Path.of("/dev/zero"))).hasMessageContaining("is not a regular file");
        assertThat(refused(large())).hasMessageContaining("is larger than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-certificate", "client-key", "tokenFile"})
    void so_are_the_files_that_it_names(String field) throws Exception {
        pipe();
        large();
        String named = "users[admin].user." + field + ": there is no readable file ";

        assertThat(refused(file("{" + field + ": pipe}"))).hasMessageContaining(named + directory.resolve("pipe"));
        assertThat(refused(file("{" + field + ": /dev/zero}"))).hasMessageContaining("is not a regular file");
        assertThat(refused(file("{" + field + ": large}"))).hasMessageContaining("is larger than 1048576 bytes");
        assertThat(refused(file("{" + field + ": \"a\\0b\"}"))).hasMessageContaining("is no path");
    }

    @Test
    void a_token_file_is_read() throws Exception {
        Files.writeString(directory.resolve("token"), CANARY + "\n");

        Config config = Kubeconfig.read(file("{tokenFile: token, token: older}"), Optional.empty());

        assertThat(config.getAutoOAuthToken()).isEqualTo(CANARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep 600", "sleep 600 & sleep 600", "exec 1>&-; sleep 600", "cat; sleep 600"})
    void a_plugin_that_does_not_end_is_ended(String script) throws Exception {
        assertThat(refused(plugin(script))).hasMessageContaining("it did not end within 1 seconds");
        for (ProcessHandle killed : ProcessHandle.current().descendants().toList()) {
            // It takes a process a moment to die, but none sleeps to its end.
            assertThat(killed.onExit()).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void a_plugin_that_prints_without_end_is_ended() throws Exception {
        assertThat(refused(plugin("yes " + CANARY))).hasMessageContaining("it printed more than 1048576 bytes");
        assertThat(refused(plugin("yes " + CANARY + " >&2"))).hasMessageContaining("it did not end");
    }

    @Test
    void what_a_plugin_prints_is_not_repeated() throws Exception {
        assertThat(refused(plugin("echo " + CANARY + "; echo " + CANARY + " >&2; exit 3")))
                .hasMessageContaining("it ended with exit code 3");
        assertThat(refused(plugin("echo " + CANARY))).hasMessageContaining("it printed no JSON");
        assertThat(refused(plugin("echo '{\"token\":\"" + CANARY + "\"}'")))
                .hasMessageContaining("it printed no ExecCredential");
        assertThat(refused(plugin(credential("{}")))).hasMessageContaining("neither a token nor a certificate");
        assertThat(refused(plugin(credential("{\"token\":\"" + CANARY + "\"}").replace("/v1", "/" + CANARY))))
                .hasMessageContaining("another apiVersion");
    }

    @Test
    void warnings_beside_the_credential_do_not_harm() throws Exception {
        Path file = plugin("echo 'a newer version is available' >&2; " + credential("{\"token\":\"good\"}"));

        assertThat(Kubeconfig.read(file, Optional.empty()).getAutoOAuthToken()).isEqualTo("good");
    }

    @Test
    void arguments_do_not_pass_through_a_shell() throws Exception {
        Path file = file("{exec: {apiVersion: client.authentication.k8s.io/v1, command: echo, args: ['"
                + "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":"
                + "{\"token\":\"$(id)`id`\"}}']}}");

        assertThat(Kubeconfig.read(file, Optional.empty()).getAutoOAuthToken()).isEqualTo("$(id)`id`");
    }

    @Test
    void the_endpoint_is_read_without_running_a_plugin() throws Exception {
        Config config = Kubeconfig.endpoint(plugin("touch " + directory.resolve("ran")), Optional.empty());

        assertThat(config.getMasterUrl()).startsWith("https://west.example.com");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void messages_are_bounded_and_plain() throws Exception {
        String contexts = IntStream.range(0, 20_000)
                .mapToObj(i -> "- {name: context-" + i + ", context: {cluster: west}}")
                .collect(Collectors.joining("\n"));
        Path many = Files.writeString(directory.resolve("many"), "contexts:\n" + contexts + "\ncurrent-context: none");
        Path escape = Files.writeString(
                directory.resolve("escape"),
                "current-context: \"\\e[2J\\n::error::x ##[error]y\"\ncontexts: [{name: a}]");

        assertThat(refused(many)).hasMessageContaining("context-0, context-1").hasMessageContaining("19980 more");
        assertThat(refused(escape).getMessage()).doesNotContain("\u001b", "\n", "::error", "##[");
    }

    @Test
    void deep_and_aliased_documents_are_refused() throws Exception {
        String deep = "[".repeat(100_000);
        String aliases = IntStream.range(1, 40)
                .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]")
                .collect(Collectors.joining("\n", "a0: &a0 x\n", "\n"));

        assertThat(refused(Files.writeString(directory.resolve("deep"), deep))).hasMessageContaining("is no YAML");
        assertThat(refused(Files.writeString(directory.resolve("aliases"), aliases)))
                .hasMessageContaining("names no current context");
    }

    /** An HTTP client would refuse it in a message that quotes it, which would end up in logs, reports and snapshots. */
    @ParameterizedTest
    @ValueSource(strings = {"\\nX-Other: 1", "\\r", "\\0", "\\u20ac", "\\e[2J", "\\uD800"})
    void a_token_that_cannot_be_sent_is_refused_and_not_shown(String end) throws Exception {
        Path token = file("{token: \"" + CANARY + end + CANARY + "\"}");
        assertThat(refused(token))
                .hasMessageContaining("users[admin].user.token: has a line break or another character")
                .hasMessageNotContaining(CANARY);
        assertThat(refused(file("{token: good, as: \"" + CANARY + end + "x\"}")))
                .hasMessageContaining("users[admin].user.as: has")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void a_token_of_two_lines_in_a_file_or_from_a_plugin_is_refused_and_not_shown() throws Exception {
        Files.writeString(directory.resolve("token"), CANARY + "\n" + CANARY + "\n");

        assertThat(refused(file("{tokenFile: token}")))
                .hasMessageContaining("token: has a line break")
                .hasMessageNotContaining(CANARY);
        assertThat(refused(plugin("printf '%s' '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":"
                        + "\"ExecCredential\",\"status\":{\"token\":\"" + CANARY + "\\nx\"}}'")))
                .hasMessageContaining("its token has a line break")
                .hasMessageNotContaining(CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a\\0b", "https://\\e[2J:1", "https://a:99999", "https://a b", "file:///x", "https://"})
    void an_address_that_is_none_is_refused(String server) throws Exception {
        Path file = Files.writeString(directory.resolve("address"), """
                clusters: [{name: west, cluster: {server: "%s"}}]
                contexts: [{name: dev, context: {cluster: west}}]
                current-context: dev
                """.formatted(server));

        assertThat(refused(file))
                .hasMessageContaining("is no http or https URL")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void a_variable_for_a_plugin_that_no_system_takes_is_refused() throws Exception {
        assertThat(refused(file("{exec: {apiVersion: client.authentication.k8s.io/v1, command: echo, env: [{name:"
                        + " \"A=\\0\", value: " + CANARY + "}], interactiveMode: Never}}")))
                .hasMessageContaining("the plugin 'echo' gave no credential: it cannot be started")
                .hasMessageNotContaining(CANARY);
    }
}
