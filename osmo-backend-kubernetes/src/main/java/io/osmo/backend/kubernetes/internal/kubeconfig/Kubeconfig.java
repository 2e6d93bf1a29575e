// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.kubeconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.fabric8.kubernetes.client.Config;
import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.spi.provider.LocalFile;
import io.osmo.backend.spi.provider.PlainText;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A kubeconfig that is checked before fabric8 gets it. fabric8 takes the address of another cluster if there is no context, continues
 * without credentials if a user is missing, does not say which field is wrong, reads files of any kind and size, and logs what
 * plugins print. So it gets a document with the one context, everything in place, and without plugins and files to read.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig (v1)</a>
 */
public final class Kubeconfig {
    /** Large companies have kubeconfigs with thousands of clusters, a certificate in each. */
    private static final int HIGHEST_PORT = 65_535;

    private static final int LONGEST = 16 << 20;

    private static final int LONGEST_PEM = 1 << 20;
    private static final int NAMES_SHOWN = 20;
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build());

    private final Path file;
    private final JsonNode root;
    private final Duration pluginTime;
    private final List<String> problems = new ArrayList<>();

    private Kubeconfig(Path file, Duration pluginTime) {
        this.file = file;
        this.pluginTime = pluginTime;
        this.root = parsed(text(file));
    }

    /**
     * Reads one context without its credential; runs no plugin.
     *
     * @param context name; the current one when empty
     * @throws KubeconfigException naming everything that is wrong
     */
    public static Config endpoint(Path file, Optional<String> context) {
        Kubeconfig kubeconfig = new Kubeconfig(file, ExecPlugin.TIME);
        Context read = kubeconfig.context(context);
        read.user().remove(List.of("exec", "auth-provider"));
        return kubeconfig.config(read);
    }

    /**
     * Reads one context with its credential, for which it may run a plugin.
     *
     * @param context name; the current one when empty
     * @throws KubeconfigException naming everything that is wrong
     */
    public static Config read(Path file, Optional<String> context) {
        return read(file, context, ExecPlugin.TIME);
    }

    /**
     * One context as a separate kubeconfig for a process without this process's environment and files. It contains the certificate
     * authority, the certificates and the token that a plugin returns now, so it holds credentials.
     *
     * @throws KubeconfigException naming all errors
     */
    public static String selfContained(Path file, String context) {
        Kubeconfig kubeconfig = new Kubeconfig(file, ExecPlugin.TIME);
        Context read = kubeconfig.context(Optional.of(context));
        kubeconfig.obtainCredential(read);
        return document(read).toString();
    }

    /** @param pluginTime how long a plugin may run */
    static Config read(Path file, Optional<String> context, Duration pluginTime) {
        Kubeconfig kubeconfig = new Kubeconfig(file, pluginTime);
        Context read = kubeconfig.context(context);
        kubeconfig.obtainCredential(read);
        return kubeconfig.config(read);
    }

    /**
     * Context, cluster and user of a kubeconfig.
     *
     * @param user a copy, empty where the context names none
     */
    private record Context(String name, JsonNode context, ObjectNode cluster, ObjectNode user) {
        String userName() {
            return context.path("user").asText("");
        }
    }

    private Context context(Optional<String> wanted) {
        List<String> contexts = names("contexts");
        String name = wanted.or(() -> text(root.path("current-context"))).orElse("");
        if (name.isEmpty()) {
            throw refused(
                    "names no current context" + (contexts.isEmpty() ? ", and has no contexts" : ""),
                    contexts.isEmpty()
                            ? "Give the file that `kubectl config view --raw` reads."
                            : "Name one of its contexts, " + listed(contexts)
                                    + ", or choose one with `kubectl config use-context NAME`.");
        }
        if (!contexts.contains(name)) {
            throw refused(
                    "has no context '" + shown(name) + "'; it has " + listed(contexts), "Name a context that it has.");
        }
        JsonNode context = entry("contexts", name).path("context");
        String at = "contexts[" + shown(name) + "].context";
        ObjectNode cluster = YAML.createObjectNode();
        ObjectNode user = YAML.createObjectNode();
        referred("clusters", "cluster", at, context).ifPresent(entry -> cluster(entry, cluster));
        if (text(context.path("user")).isPresent()) {
            referred("users", "user", at, context).ifPresent(entry -> user(entry, user));
        }
        if (!problems.isEmpty()) {
            throw refused(
                    "cannot be used for the context " + shown(name) + ":\n  - " + String.join("\n  - ", problems),
                    "Correct what is listed, or write the kubeconfig again with the tool of its cloud.");
        }
        return new Context(name, context, cluster, user);
    }

    private static ObjectNode document(Context read) {
        ObjectNode document = YAML.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Config")
                .put("current-context", read.name());
        ObjectNode context = named(document, "contexts", read.name()).putObject("context");
        context.put("cluster", "cluster").put("user", "user");
        text(read.context().path("namespace")).ifPresent(namespace -> context.put("namespace", namespace));
        named(document, "clusters", "cluster").set("cluster", read.cluster());
        named(document, "users", "user").set("user", read.user());
        return document;
    }

    private Config config(Context read) {
        try {
            return Config.fromKubeconfig(document(read).toString());
        } catch (RuntimeException e) {
            // Its message may quote the document, and with it the credential.
            throw refused(
                    "cannot be used for the context " + shown(read.name()) + ": it is not understood ("
                            + e.getClass().getSimpleName() + ")",
                    tryIt(read.name()));
        }
    }

    private static ObjectNode named(ObjectNode document, String list, String name) {
        return document.putArray(list).addObject().put("name", name);
    }

    /** Puts what the plugin, the token file or the auth provider give where fabric8 expects it. */
    private void obtainCredential(Context read) {
        ObjectNode user = read.user();
        JsonNode exec = user.path("exec");
        JsonNode provider = user.path("auth-provider").path("config");
        user.remove(List.of("exec", "auth-provider"));
        if (exec.isObject()) {
            ExecPlugin plugin = new ExecPlugin(exec, file.toAbsolutePath(), pluginTime);
            try {
                JsonNode status = plugin.credential(read.cluster());
                text(status.path("token")).ifPresent(token -> user.put("token", token));
                text(status.path("clientCertificateData"))
                        .ifPresent(pem -> user.put("client-certificate-data", base64(pem)));
                text(status.path("clientKeyData")).ifPresent(pem -> user.put("client-key-data", base64(pem)));
            } catch (ExecPlugin.NoCredential e) {
                throw refused(
                        "cannot be used for the context " + shown(read.name()) + ":\n  - users["
                                + shown(read.userName()) + "].user.exec: the plugin '" + shown(plugin.name())
                                + "' gave no credential: " + e.getMessage(),
                        tryIt(read.name())
                                + text(exec.path("installHint"))
                                        .map(hint -> " " + shown(hint))
                                        .orElse(""));
            }
        } else if (text(user.path("token")).isEmpty()) {
            // Tokens of providers such as oidc are renewed by kubectl, which writes them to the file.
            text(provider.path("access-token"))
                    .or(() -> text(provider.path("id-token")))
                    .filter(Kubeconfig::isSendable)
                    .ifPresent(token -> user.put("token", token));
        }
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    private String tryIt(String context) {
        return "Try `kubectl --kubeconfig " + file + " --context " + shown(context)
                + " version`, and correct what that reports.";
    }

    private void cluster(JsonNode entry, ObjectNode cluster) {
        String at = "clusters[" + shown(entry.path("name").asText()) + "].cluster.";
        copy(entry.path("cluster"), cluster);
        Optional<String> server = text(cluster.path("server"));
        if (server.isEmpty()) {
            problems.add(at + "server: not set");
        } else if (server.get().matches(".*[:/][^/]*@.*")) {
            problems.add(at + "server: has a user name or password (not shown), which belongs in users");
        } else if (!isAddress(server.get())) {
            problems.add(at + "server: '" + shown(server.get()) + "' is no http or https URL");
        }
        inPlace(cluster, at, "certificate-authority", Pem.CERTIFICATE);
    }

    private static boolean isAddress(String server) {
        try {
            URI uri = new URI(server);
            return List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= HIGHEST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void user(JsonNode entry, ObjectNode user) {
        String at = "users[" + shown(entry.path("name").asText()) + "].user.";
        copy(entry.path("user"), user);
        inPlace(user, at, "client-certificate", Pem.CERTIFICATE);
        inPlace(user, at, "client-key", Pem.KEY);
        readable(user, at, "tokenFile")
                .ifPresent(token -> user.put("token", new String(token, StandardCharsets.UTF_8).strip()));
        user.remove("tokenFile");
        for (String field : List.of("token", "as", "as-uid")) {
            text(user.path(field))
                    .filter(value -> !isSendable(value))
                    .ifPresent(value -> problems.add(
                            at + field + ": has a line break or another character that it cannot have (not shown)"));
        }
    }

    /** HTTP clients refuse other characters in headers, in messages that quote them. */
    private static boolean isSendable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static void copy(JsonNode from, ObjectNode to) {
        from.fields().forEachRemaining(field -> to.set(field.getKey(), field.getValue()));
    }

    /** Checks a field that has its value as base64 under a name of its own, or in a file, which is read into that. */
    private void inPlace(ObjectNode parent, String at, String field, Pem content) {
        Optional<String> data = text(parent.path(field + "-data"));
        if (data.isEmpty()) {
            readable(parent, at, field).ifPresent(pem -> {
                content.problem(pem).ifPresent(problem -> problems.add(at + field + ": " + problem));
                parent.put(field + "-data", Base64.getEncoder().encodeToString(pem));
            });
        } else {
            try {
                content.problem(Base64.getDecoder().decode(data.get().strip()))
                        .ifPresent(problem -> problems.add(at + field + "-data: " + problem));
            } catch (IllegalArgumentException e) {
                problems.add(at + field + "-data: not base64");
            }
        }
        parent.remove(field);
    }

    private Optional<byte[]> readable(JsonNode parent, String at, String field) {
        Optional<String> name = text(parent.path(field));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path named;
        try {
            named = file.toAbsolutePath().resolveSibling(name.get()).normalize();
        } catch (InvalidPathException e) {
            problems.add(at + field + ": '" + shown(name.get()) + "' is no path");
            return Optional.empty();
        }
        try {
            return Optional.of(LocalFile.read(named, LONGEST_PEM));
        } catch (UncheckedIOException e) {
            problems.add(at + field + ": there is no readable file " + named + ": it " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<JsonNode> referred(String list, String field, String at, JsonNode context) {
        String name = context.path(field).asText("");
        JsonNode found = entry(list, name);
        if (!found.path(field).isObject()) {
            problems.add(
                    found.isMissingNode()
                            ? at + "." + field + ": there is no " + field + " '" + shown(name) + "'; there are "
                                    + listed(names(list))
                            : list + "[" + shown(name) + "]." + field + ": not a mapping of fields");
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

    private static String listed(List<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().limit(NAMES_SHOWN).map(Kubeconfig::shown).collect(Collectors.joining(", "))
                        + (names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "");
    }

    private static String shown(String text) {
        return PlainText.of(text, 200);
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isBlank());
    }

    private static String text(Path file) {
        try {
            return LocalFile.text(file, LONGEST);
        } catch (UncheckedIOException e) {
            throw new KubeconfigException(
                    "there is no readable file at " + file + ": it " + e.getMessage(),
                    "Give the path of a kubeconfig, such as that in KUBECONFIG or ~/.kube/config.",
                    null);
        }
    }

    private JsonNode parsed(String text) {
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
}
