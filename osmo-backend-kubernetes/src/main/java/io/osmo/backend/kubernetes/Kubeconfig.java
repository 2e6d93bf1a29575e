// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.client.Config;
import io.osmo.backend.error.KubeconfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A kubeconfig that is looked through before fabric8 has it. For fabric8 takes the address of another cluster where there is no
 * context, goes on as nobody where a user or a plugin's credential is missing, and does not say which field is wrong.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig (v1)</a>
 */
final class Kubeconfig {
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build());

    private final Path file;
    private final String text;
    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    private Kubeconfig(Path file) {
        this.file = file;
        this.text = text(file);
        this.root = parsed();
    }

    /**
     * Reads one context.
     *
     * @param context name; the current one when empty
     * @throws KubeconfigException naming everything that is wrong
     */
    static Config read(Path file, Optional<String> context) {
        Kubeconfig kubeconfig = new Kubeconfig(file);
        return kubeconfig.config(context.or(() -> text(kubeconfig.root.path("current-context"))));
    }

    private Config config(Optional<String> name) {
        List<String> contexts = names("contexts");
        if (name.isEmpty()) {
            String has = contexts.isEmpty() ? ", and has no contexts" : "";
            throw refused(
                    "names no current context" + has,
                    contexts.isEmpty()
                            ? "Give the file that `kubectl config view --raw` reads."
                            : "Name one of its contexts, " + String.join(", ", contexts)
                                    + ", or choose one with `kubectl config use-context NAME`.");
        }
        if (!contexts.contains(name.get())) {
            throw refused(
                    "has no context '" + name.get() + "'; it has "
                            + (contexts.isEmpty() ? "none" : String.join(", ", contexts)),
                    "Name a context that it has.");
        }
        JsonNode context = entry("contexts", name.get()).path("context");
        String at = "contexts[" + name.get() + "].context";
        referred("clusters", "cluster", at, context).ifPresent(this::cluster);
        Optional<JsonNode> user =
                text(context.path("user")).isEmpty() ? Optional.empty() : referred("users", "user", at, context);
        user.ifPresent(this::user);
        if (!problems.isEmpty()) {
            throw refused(
                    "cannot be used for the context " + name.get() + ":\n  - " + String.join("\n  - ", problems),
                    "Mend what is listed, or write the kubeconfig anew with the tool of its cloud.");
        }
        return built(name.get(), user);
    }

    private Config built(String context, Optional<JsonNode> user) {
        Config config;
        try {
            config = Config.fromKubeconfig(context, text, file.toString());
        } catch (RuntimeException e) {
            throw refused("cannot be used for the context " + context + ": " + rootMessage(e), tryIt(context));
        }
        JsonNode exec = user.map(u -> u.path("user").path("exec")).orElse(root.path("absent"));
        if (exec.isObject() && config.getAutoOAuthToken() == null && config.getClientCertData() == null) {
            // fabric8 has only logged what went wrong. Arguments may be secret, so they are not repeated.
            throw refused(
                    "cannot be used for the context " + context + ":\n  - users["
                            + user.flatMap(u -> text(u.path("name"))).orElse("") + "].user.exec: the plugin '"
                            + exec.path("command").asText() + "' gave no credential; the log has what it wrote",
                    tryIt(context)
                            + text(exec.path("installHint")).map(h -> " " + h).orElse(""));
        }
        return config;
    }

    private String tryIt(String context) {
        return "Try `kubectl --kubeconfig " + file + " --context " + context + " version`, and mend what that reports.";
    }

    private void cluster(JsonNode entry) {
        String at = "clusters[" + entry.path("name").asText() + "].cluster.";
        JsonNode cluster = entry.path("cluster");
        Optional<String> server = text(cluster.path("server"));
        if (server.isEmpty()) {
            problems.add(at + "server: not set");
        } else if (!server.get().matches("https?://[^/\\s]+\\S*")) {
            problems.add(at + "server: '" + server.get() + "' is no http or https URL");
        }
        pem(cluster, at, "certificate-authority", Kubeconfig::certificate);
    }

    private void user(JsonNode entry) {
        String at = "users[" + entry.path("name").asText() + "].user.";
        JsonNode user = entry.path("user");
        pem(user, at, "client-certificate", Kubeconfig::certificate);
        pem(user, at, "client-key", Kubeconfig::key);
        readable(user, at, "tokenFile");
    }

    /** A field that has its value in place, as base64 under a name of its own, or in a file. */
    private void pem(JsonNode parent, String at, String field, PemCheck check) {
        Optional<String> data = text(parent.path(field + "-data"));
        if (data.isEmpty()) {
            readable(parent, at, field)
                    .ifPresent(pem -> check.problem(pem).ifPresent(p -> problems.add(at + field + p)));
            return;
        }
        try {
            byte[] pem = Base64.getDecoder().decode(data.get().strip());
            check.problem(pem).ifPresent(p -> problems.add(at + field + "-data" + p));
        } catch (IllegalArgumentException e) {
            problems.add(at + field + "-data: not base64");
        }
    }

    private Optional<byte[]> readable(JsonNode parent, String at, String field) {
        Optional<Path> named = text(parent.path(field))
                .map(name -> file.toAbsolutePath().resolveSibling(name).normalize());
        if (named.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(named.get()));
        } catch (IOException e) {
            problems.add(at + field + ": there is no readable file " + named.get());
            return Optional.empty();
        }
    }

    private interface PemCheck {
        /** What is wrong, to be put behind the path of the field. */
        Optional<String> problem(byte[] pem);
    }

    private static Optional<String> certificate(byte[] pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem))
                            .isEmpty()
                    ? Optional.of(": no certificate in PEM")
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.of(": no certificate in PEM");
        }
    }

    private static Optional<String> key(byte[] pem) {
        return new String(pem, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----")
                ? Optional.empty()
                : Optional.of(": no private key in PEM");
    }

    private Optional<JsonNode> referred(String list, String field, String at, JsonNode context) {
        String name = context.path(field).asText("");
        JsonNode found = entry(list, name);
        if (found.isMissingNode()) {
            List<String> there = names(list);
            problems.add(at + "." + field + ": there is no " + field + " '" + name + "'; there are "
                    + (there.isEmpty() ? "none" : String.join(", ", there)));
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private JsonNode entry(String list, String name) {
        return StreamSupport.stream(root.path(list).spliterator(), false)
                .filter(entry -> entry.path("name").asText("").equals(name))
                .findFirst()
                .orElse(root.path("absent"));
    }

    private List<String> names(String list) {
        return StreamSupport.stream(root.path(list).spliterator(), false)
                .flatMap(entry -> text(entry.path("name")).stream())
                .toList();
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isBlank());
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new KubeconfigException(
                    "there is no readable file at " + file,
                    "Give the path of a kubeconfig, such as that in KUBECONFIG or ~/.kube/config.",
                    null);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new KubeconfigException(
                    "the kubeconfig " + file + " is no UTF-8 text", "Give the path of a kubeconfig.", e);
        }
    }

    private JsonNode parsed() {
        String remedy = "Give the path of a kubeconfig, as `kubectl config view --raw --minify` writes one.";
        if (text.isBlank()) {
            throw refused("cannot be used: it is empty", remedy);
        }
        try {
            JsonNode node = YAML.readTree(text);
            if (!node.isObject()) {
                throw refused("is no mapping of fields", remedy);
            }
            return node;
        } catch (JsonProcessingException e) {
            // The parser's own words quote the text, which may be a credential.
            String line = Optional.ofNullable(e.getLocation())
                    .filter(at -> at.getLineNr() > 0)
                    .map(at -> ": line " + at.getLineNr() + ", column " + at.getColumnNr())
                    .orElse("");
            throw refused("is no YAML" + line, remedy);
        }
    }

    private KubeconfigException refused(String what, String remedy) {
        return new KubeconfigException("the kubeconfig " + file + " " + what, remedy, null);
    }

    private static String rootMessage(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
