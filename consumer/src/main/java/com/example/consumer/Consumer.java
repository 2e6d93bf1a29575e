// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.verify.BackendVerifier;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens one of everything on whatever jars Maven chose, and looks at what those are. */
public final class Consumer {
    private static final Pattern UNWANTED = Pattern.compile(
            "(netty-(?!shaded)|vertx-|apache-client|apache5-client|httpclient5?-|httpcore|okhttp|commons-logging|gson|slf4j-simple).*");

    /** Annotations have no patch releases and serve every line, so they may differ. */
    private static final Pattern JACKSON =
            Pattern.compile("jackson-(?:core|databind|dataformat-.*?|datatype-.*?)-(\\d+\\.\\d+)\\.\\d+\\.jar");

    private Consumer() {}

    public static void main(String[] arguments) throws Exception {
        List<Path> jars = jars();
        List<String> unwanted = jars.stream()
                .map(jar -> jar.getFileName().toString())
                .filter(name -> UNWANTED.matcher(name).matches())
                .toList();
        require(unwanted.isEmpty(), "unwanted jars: " + unwanted);
        // One line for us and fabric8 7; fabric8 8 brings Jackson 3 beside it, under its own packages.
        Set<String> lines = new TreeSet<>();
        for (Path jar : jars) {
            Matcher jackson = JACKSON.matcher(jar.getFileName().toString());
            if (jackson.matches() && jackson.group(1).startsWith("2.")) {
                lines.add(jackson.group(1));
            }
        }
        require(lines.size() == 1, "Jackson lines: " + lines);

        try (OsmoBackends osmo = OsmoBackends.open()) {
            require(osmo.providers().size() == 1, "providers: " + osmo.providers());
            if (System.getenv("AWS_ENDPOINT_URL") != null) {
                System.out.println("backends there: " + osmo.list("aws", "us-west-2"));
            }
        }
        try (VirtualTime time = VirtualTime.create();
                CloudSession session = new AwsProvider().open("us-west-2", Optional.empty(), time)) {
            System.out.println("opened " + session.getClass().getSimpleName());
        }

        ClusterAccess access = new ClusterAccess(
                "consumer", URI.create("http://127.0.0.1:9"), "", () -> new ClusterAccess.Token("t", Instant.MAX));
        try (KubernetesClient client = KubernetesClients.open(access)) {
            System.out.println("opened " + client.getMasterUrl());
        }
        String yaml = Serialization.asYaml(
                new NamespaceBuilder().withNewMetadata().withName("osmo").endMetadata().build());
        require(yaml.contains("osmo"), "fabric8 writes: " + yaml);
        require(BackendVerifier.standard() != null, "no verifier");

        long bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        System.out.println("consumer: " + jars.size() + " jars, " + bytes / 1024 + " KiB, Jackson " + lines);
    }

    private static List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                jars.add(Path.of(entry));
            }
        }
        return jars;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
