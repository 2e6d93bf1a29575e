// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.kubeconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the credential plugin of a kubeconfig's user. What it prints is a credential or may quote one, so it is neither logged nor
 * part of an error. It runs without a shell, with nothing on its standard input, and for a limited time.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">client-go
 *     credential plugins</a>
 */
final class ExecPlugin {
    /** A login in a browser takes longer, but plugins are told that the session is not interactive. */
    static final Duration TIME = Duration.ofSeconds(60);

    /** A credential with a certificate and a key has some kilobytes. */
    static final int OUTPUT = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode exec;
    private final Path kubeconfig;
    private final Duration time;

    /** @param time how long it may run */
    ExecPlugin(JsonNode exec, Path kubeconfig, Duration time) {
        this.exec = exec;
        this.kubeconfig = kubeconfig;
        this.time = time;
    }

    /** Why a plugin gave no credential; never holds what it printed. */
    static final class NoCredential extends Exception {
        private static final long serialVersionUID = 1;

        NoCredential(String why) {
            super(why);
        }
    }

    /** @return the status of the ExecCredential, which has a token, or a certificate and its key */
    JsonNode credential(JsonNode cluster) throws NoCredential {
        byte[] output = run(cluster);
        JsonNode credential;
        try {
            credential = JSON.readTree(output);
        } catch (IOException e) {
            throw new NoCredential("it printed no JSON");
        }
        String wanted = exec.path("apiVersion").asText("");
        String given = credential.path("apiVersion").asText("");
        if (!credential.path("kind").asText("").equals("ExecCredential")) {
            throw new NoCredential("it printed no ExecCredential");
        }
        if (!given.equals(wanted)) {
            throw new NoCredential("it printed another apiVersion than the kubeconfig names");
        }
        JsonNode status = credential.path("status");
        boolean token = !status.path("token").asText("").isEmpty();
        boolean certificate = !status.path("clientCertificateData").asText("").isEmpty()
                && !status.path("clientKeyData").asText("").isEmpty();
        if (!token && !certificate) {
            throw new NoCredential("it printed neither a token nor a certificate with its key");
        }
        if (status.path("token").asText("").chars().anyMatch(c -> c < ' ' || c >= 127)) {
            throw new NoCredential("its token has a line break or another character that no token has");
        }
        return status;
    }

    private byte[] run(JsonNode cluster) throws NoCredential {
        Process process;
        try {
            process = start(cluster);
        } catch (IOException e) {
            throw new NoCredential("it cannot be started");
        }
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already, which is said below.
        }
        try {
            byte[] output = output(process);
            int code = process.exitValue();
            if (code != 0) {
                throw new NoCredential("it ended with exit code " + code);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoCredential("this thread was interrupted while it ran");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(JsonNode cluster) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD);
        String info = info(cluster);
        try {
            exec.path("env")
                    .forEach(variable -> builder.environment()
                            .put(
                                    variable.path("name").asText(""),
                                    variable.path("value").asText("")));
            builder.environment().put("KUBERNETES_EXEC_INFO", info);
            return builder.start();
        } catch (RuntimeException e) {
            // Such as a name of a variable with a sign that is not allowed.
            throw new IOException(e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            // Plugins are often scripts, which only the command processor finds.
            command.addAll(List.of("cmd.exe", "/c"));
        }
        String name = exec.path("command").asText("");
        boolean relative = name.contains(File.separator) && !new File(name).isAbsolute();
        command.add(relative ? kubeconfig.resolveSibling(name).normalize().toString() : name);
        exec.path("args").forEach(argument -> command.add(argument.asText("")));
        return command;
    }

    /** The value of {@code KUBERNETES_EXEC_INFO}, with the cluster if the kubeconfig allows it. */
    private String info(JsonNode cluster) throws JsonProcessingException {
        ObjectNode info = JSON.createObjectNode()
                .put("apiVersion", exec.path("apiVersion").asText(""))
                .put("kind", "ExecCredential");
        ObjectNode spec = info.putObject("spec").put("interactive", false);
        if (exec.path("provideClusterInfo").asBoolean(false)) {
            ObjectNode known = spec.putObject("cluster");
            for (String field : List.of(
                    "server",
                    "tls-server-name",
                    "insecure-skip-tls-verify",
                    "certificate-authority-data",
                    "proxy-url")) {
                Optional.of(cluster.path(field))
                        .filter(JsonNode::isValueNode)
                        .ifPresent(value -> known.set(field, value));
            }
        }
        return JSON.writeValueAsString(info);
    }

    /** Reads on another thread, because a process that was left behind may keep the pipe open. */
    private byte[] output(Process process) throws InterruptedException, NoCredential {
        InputStream in = process.getInputStream();
        CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> {
            try {
                return in.readNBytes(OUTPUT + 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            byte[] printed = output.get(time.toMillis(), TimeUnit.MILLISECONDS);
            if (printed.length > OUTPUT) {
                throw new NoCredential("it printed more than " + OUTPUT + " bytes");
            }
            if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return printed;
            }
        } catch (ExecutionException e) {
            throw new NoCredential("its output cannot be read");
        } catch (TimeoutException e) {
            // Said below.
        }
        throw new NoCredential("it did not end within " + time.toSeconds() + " seconds");
    }

    /** Its command, as the kubeconfig names it. Arguments may be secret. */
    String name() {
        return exec.path("command").asText("");
    }
}
