// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.kubeconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.internal.files.RegularFile;
import io.osmo.backend.internal.text.PlainYaml;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes how a cluster is reached as a kubeconfig with one context. It holds credentials. */
public final class KubeconfigWriter {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final int LONGEST_FILE = 1 << 20;

    /** Fields that name files; a relative path is resolved against the folder of the kubeconfig. */
    private static final List<String> FILES =
            List.of("certificate-authority", "client-certificate", "client-key", "tokenFile");

    private KubeconfigWriter() {}

    /** Fetches a token, or reads the kubeconfig that says how the cluster is reached. */
    public static String write(ClusterAccess access) {
        try {
            return PlainYaml.write(
                    access.kubeconfig().isPresent()
                            ? contextOf(access.kubeconfig().get())
                            : withToken(access));
        } catch (JsonProcessingException e) {
            // Its message may hold a piece of the file.
            throw new KubeconfigException("the kubeconfig of " + access.name() + " is no YAML", "Correct it.", null);
        }
    }

    /** Writes a kubeconfig with a user that runs a credential plugin. Contains no credentials. */
    public static String write(ClusterAccess access, ClusterAccess.ExecPlugin plugin) {
        Map<String, Object> exec = new LinkedHashMap<>();
        exec.put("apiVersion", "client.authentication.k8s.io/v1beta1");
        exec.put("command", plugin.command());
        exec.put("args", plugin.arguments());
        exec.put(
                "env",
                new TreeMap<>(plugin.environment())
                        .entrySet().stream()
                                .map(variable ->
                                        new TreeMap<>(Map.of("name", variable.getKey(), "value", variable.getValue())))
                                .toList());
        exec.put("interactiveMode", "IfAvailable");
        exec.put("provideClusterInfo", plugin.needsCluster());
        exec.put("installHint", plugin.installHint());
        try {
            return PlainYaml.write(kubeconfig(access.name(), cluster(access), Map.of("exec", exec)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the kubeconfig of " + access.name(), e);
        }
    }

    private static Map<String, Object> withToken(ClusterAccess access) {
        return kubeconfig(
                access.name(),
                cluster(access),
                Map.of("token", access.tokens().get().value()));
    }

    private static Map<String, Object> cluster(ClusterAccess access) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("server", access.endpoint().toString());
        access.caCertificate()
                .ifPresent(pem -> cluster.put(
                        "certificate-authority-data",
                        Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8))));
        return cluster;
    }

    private static Map<String, Object> contextOf(ClusterAccess.KubeconfigContext from) throws JsonProcessingException {
        JsonNode file = YAML.readTree(text(from.file()));
        JsonNode context = named(file, "contexts", "context", from.context(), from);
        String cluster = context.path("cluster").asText();
        String user = context.path("user").asText();
        return kubeconfig(
                from.context(),
                absolute(named(file, "clusters", "cluster", cluster, from), from.file()),
                absolute(named(file, "users", "user", user, from), from.file()));
    }

    private static String text(Path file) {
        try {
            return RegularFile.text(file, LONGEST_FILE);
        } catch (UncheckedIOException e) {
            throw new KubeconfigException(
                    "kubeconfig " + file + " cannot be read: it " + e.getMessage(),
                    "Create it, or allow this process to read it.",
                    e);
        }
    }

    private static JsonNode named(
            JsonNode file, String list, String kind, String name, ClusterAccess.KubeconfigContext from) {
        for (JsonNode entry : file.path(list)) {
            if (entry.path("name").asText().equals(name)) {
                return entry.path(kind);
            }
        }
        throw new KubeconfigException(
                "kubeconfig " + from.file() + " has no " + kind + " " + name,
                "Correct the context " + from.context() + ", or name another one.",
                null);
    }

    private static JsonNode absolute(JsonNode entry, Path kubeconfig) {
        JsonNode copy = entry.deepCopy();
        Path folder = kubeconfig.toAbsolutePath().getParent();
        for (String field : FILES) {
            if (folder != null && copy instanceof ObjectNode fields && fields.has(field)) {
                fields.put(
                        field,
                        folder.resolve(fields.path(field).asText()).normalize().toString());
            }
        }
        return copy;
    }

    private static Map<String, Object> kubeconfig(String name, Object cluster, Object user) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("apiVersion", "v1");
        config.put("kind", "Config");
        config.put("current-context", name);
        config.put("clusters", List.of(entry(name, "cluster", cluster)));
        config.put("contexts", List.of(entry(name, "context", new TreeMap<>(Map.of("cluster", name, "user", name)))));
        config.put("users", List.of(entry(name, "user", user)));
        return config;
    }

    private static Map<String, Object> entry(String name, String kind, Object content) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put(kind, content);
        return entry;
    }
}
