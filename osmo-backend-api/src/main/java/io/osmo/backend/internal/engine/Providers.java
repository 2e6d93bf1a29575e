// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.ProviderNotFoundException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.spec.DidYouMean;
import io.osmo.backend.internal.spec.SecretRules;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.CloudProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The providers that one entry point knows, by id. Given ones win over discovered ones of the same id. */
public final class Providers {
    private static final String ARTIFACTS = "providers.properties";

    private final Map<String, CloudProvider> byId;

    private Providers(Map<String, CloudProvider> byId) {
        this.byId = byId;
    }

    /**
     * Discovers with the thread's context class loader, then with the library's own.
     *
     * @throws ProviderNotFoundException when two given or two discovered classes claim the same id
     */
    public static Providers discover(List<CloudProvider> given) {
        Map<String, CloudProvider> byId = new TreeMap<>();
        given.forEach(provider -> add(byId, provider));
        Map<String, CloudProvider> discovered = new TreeMap<>();
        candidates().values().forEach(provider -> {
            if (!byId.containsKey(provider.id())) {
                add(discovered, provider);
            }
        });
        byId.putAll(discovered);
        return new Providers(byId);
    }

    private static Map<String, CloudProvider> candidates() {
        List<ClassLoader> loaders = new ArrayList<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        loaders.add(CloudProvider.class.getClassLoader());
        // The same class is often visible through both loaders.
        Map<String, CloudProvider> byClass = new LinkedHashMap<>();
        for (ClassLoader loader : loaders) {
            ServiceLoader.load(CloudProvider.class, loader)
                    .forEach(provider -> byClass.putIfAbsent(provider.getClass().getName(), provider));
        }
        return byClass;
    }

    private static void add(Map<String, CloudProvider> byId, CloudProvider provider) {
        CloudProvider other = byId.putIfAbsent(provider.id(), provider);
        if (other != null) {
            throw new ProviderNotFoundException(
                    "two providers claim the id '" + provider.id() + "': "
                            + other.getClass().getName() + " and "
                            + provider.getClass().getName(),
                    List.copyOf(byId.keySet()),
                    "Remove one of them from the class path, or give the one to use to OsmoBackends.builder().");
        }
    }

    public List<CloudProvider> all() {
        return List.copyOf(byId.values());
    }

    /** @throws ProviderNotFoundException with what was found and which artifact to add */
    public CloudProvider require(String id) {
        CloudProvider provider = byId.get(id);
        if (provider == null) {
            Map<String, String> artifacts = artifacts();
            String artifact = artifacts.get(id);
            throw new ProviderNotFoundException(
                    "no provider '" + id + "' on the class path",
                    List.copyOf(byId.keySet()),
                    artifact == null
                            ? (byId.keySet().containsAll(artifacts.keySet())
                                            ? "Correct the id."
                                            : "Known ids are " + String.join(", ", artifacts.keySet()) + ".")
                                    + DidYouMean.among(id, artifacts.keySet())
                            : missing(artifact.split(" ")[0], artifact.split(" ")[1]));
        }
        return provider;
    }

    /** A class that is there without its registration has lost it where jars were merged into one. */
    static String missing(String artifact, String className) {
        return isPresent(className)
                ? "The class " + className + " is there, but META-INF/services/" + CloudProvider.class.getName()
                        + " does not name it: when you merge jars into one, merge these files too (ServicesResourceTransformer of the"
                        + " Maven Shade plugin, mergeServiceFiles of Gradle Shadow), or give OsmoBackends.builder() the provider."
                : "Add the Maven artifact io.osmo.backend:" + artifact + ".";
    }

    private static boolean isPresent(String className) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        for (ClassLoader loader : new ClassLoader[] {context, CloudProvider.class.getClassLoader()}) {
            try {
                Class.forName(className, false, loader);
                return true;
            } catch (ClassNotFoundException | LinkageError absent) {
                // The next loader may know it.
            }
        }
        return false;
    }

    /** Artifact and class, with a blank between them, by provider id, sorted. */
    private static Map<String, String> artifacts() {
        Properties lines = new Properties();
        try (InputStream registry = Objects.requireNonNull(Providers.class.getResourceAsStream(ARTIFACTS))) {
            lines.load(registry);
        } catch (IOException e) {
            throw new UncheckedIOException(ARTIFACTS, e);
        }
        Map<String, String> artifacts = new TreeMap<>();
        lines.forEach((id, artifact) -> artifacts.put(String.valueOf(id), String.valueOf(artifact)));
        return artifacts;
    }

    /**
     * The spec, if it breaks no rule that needs no cloud.
     *
     * @throws InvalidSpecException with all violations
     * @throws ProviderNotFoundException when the spec's provider is not on the class path
     */
    public BackendSpec checked(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>(Alternatives.validate(spec, require(spec.provider())::validate));
        violations.addAll(SecretRules.check(spec));
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return spec;
    }

    /** Their ids. */
    @Override
    public String toString() {
        return all().stream().map(CloudProvider::id).sorted().collect(Collectors.joining(", "));
    }
}
