// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.verify.BackendVerifier;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Opens a session, a cluster client and a verifier with the jars that Maven selected, and checks those jars. */
final class Host {
    /** A second HTTP stack, JSON library or logging backend. */
    private static final Pattern UNWANTED = Pattern.compile(
            "((?:reactor-)?netty-(?!shaded)|azure-core-http-(?!jdk)|vertx-|apache-client|apache5-client|httpclient5?-|httpcore|okhttp"
                    + "|commons-logging|gson|slf4j-simple).*");

    /** Without jackson-annotations: it has no patch releases and works with every version line, so it may differ. */
    private static final Pattern JACKSON =
            Pattern.compile("jackson-(?:core|databind|dataformat-.*?|datatype-.*?)-(\\d+\\.\\d+)\\.\\d+\\.jar");

    private Host() {}

    /**
     * Checks that a host of one cloud works.
     *
     * @param region region to open a session in; no call is made
     * @param allowed unwanted jars that this cloud's SDK requires
     */
    static void prove(CloudProvider provider, String region, Pattern allowed) {
        List<Path> jars = jars();
        List<String> names =
                jars.stream().map(jar -> jar.getFileName().toString()).toList();
        List<String> unwanted = names.stream()
                .filter(name -> UNWANTED.matcher(name).matches())
                .filter(name -> !allowed.matcher(name).matches())
                .toList();
        require(unwanted.isEmpty(), "unwanted jars: " + unwanted);
        Set<String> lines = jacksonLines(names);
        require(lines.size() == 1, "Jackson lines: " + lines);

        try (OsmoBackends osmo = OsmoBackends.open()) {
            List<String> found =
                    osmo.providers().stream().map(CloudProvider::id).toList();
            // Clusters that already exist can be managed by every host: that provider needs no cloud SDK.
            require(Set.copyOf(found).equals(Set.of(provider.id(), "existing")), "providers: " + found);
        }
        try (VirtualTime time = VirtualTime.create();
                CloudSession session = provider.open(region, Optional.empty(), time)) {
            System.out.println("opened " + session.getClass().getSimpleName());
        }
        openCluster();
        require(BackendVerifier.standard() != null, "no verifier");
        System.out.println("consumer of " + provider.id() + ": " + jars.size() + " jars, " + kibibytes(jars)
                + " KiB, Jackson " + lines);
    }

    /** We and fabric8 7 use the same version line of Jackson 2. fabric8 8 adds Jackson 3, which has its own packages. */
    private static Set<String> jacksonLines(List<String> names) {
        Set<String> lines = new TreeSet<>();
        for (String name : names) {
            Matcher jackson = JACKSON.matcher(name);
            if (jackson.matches() && jackson.group(1).startsWith("2.")) {
                lines.add(jackson.group(1));
            }
        }
        return lines;
    }

    private static void openCluster() {
        ClusterAccess access = new ClusterAccess(
                "consumer",
                URI.create("http://127.0.0.1:9"),
                Optional.empty(),
                () -> new ClusterAccess.Token("t", Instant.MAX));
        try (KubernetesClient client = KubernetesClients.open(access)) {
            System.out.println("opened " + client.getMasterUrl());
        }
        String yaml = Serialization.asYaml(new NamespaceBuilder()
                .withNewMetadata()
                .withName("osmo")
                .endMetadata()
                .build());
        require(yaml.contains("osmo"), "fabric8 writes: " + yaml);
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

    private static long kibibytes(List<Path> jars) {
        long bytes = 0;
        for (Path jar : jars) {
            try {
                bytes += Files.size(jar);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bytes / 1024;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
