// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.ClassPathException;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.ProviderNotFoundException;
import io.osmo.backend.permission.Use;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.SpecSchema;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.verify.BackendVerifier;
import java.util.List;
import java.util.Set;

/**
 * A host of EKS backends, for other class loaders, Java versions and locales than those of the other hosts. Argument: what is to be
 * found, one of {@code all}, {@code unmerged}, {@code mixed} and {@code missing}. The SDK is pointed to an address that refuses.
 */
public final class Packed {
    private static final String SPEC = """
            name: istanbul-iii
            provider: aws
            region: us-west-2
            profile: development
            tags: {team: "Işık ve İnci"}
            computePools:
              - {name: gpu-i, instanceTypes: [m7i.2xlarge]}
            """;

    /** Of the JVM, whatever a program does. */
    private static final Set<String> OF_THE_JVM = Set.of(
            "main", "Reference Handler", "Finalizer", "Signal Dispatcher", "Common-Cleaner", "Notification Thread",
            "Cleaner-0", "process reaper", "Keep-Alive-Timer", "Attach Listener", "DestroyJavaVM");

    private Packed() {}

    public static void main(String[] arguments) throws InterruptedException {
        switch (arguments[0]) {
            case "all" -> all();
            case "unmerged" -> unmerged();
            case "mixed" -> mixed();
            case "missing" -> missing();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("packed: " + arguments[0] + " as expected, Java " + Runtime.version().feature());
    }

    private static void all() throws InterruptedException {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            List<String> found = osmo.providers().stream().map(CloudProvider::id).sorted().toList();
            require(found.equals(List.of("aws", "existing")), "providers: " + found);
            BackendSpec spec = BackendSpec.fromYaml(SPEC);
            require(BackendSpec.fromYaml(spec.toYaml()).equals(spec), "written and read again: " + spec.toYaml());
            require(BackendSpec.fromJson(spec.toJson()).equals(spec), "written and read again: " + spec.toJson());
            require(osmo.permissions(spec, Use.APPLY).toString().contains("eks:CreateCluster"), "permissions");
            require(SpecSchema.json().contains("settings-aws"), "schema of the settings");
            require(BackendVerifier.standard().checks().size() > 100, "checks");
            CloudException refused = refusal(osmo);
            require(refused.error() == CloudError.UNAVAILABLE, "the SDK works: " + refused);
        }
        for (Thread thread : threads()) {
            thread.join(5_000);
        }
        require(threads().isEmpty(), "threads left after close: " + threads());
    }

    private static CloudException refusal(OsmoBackends osmo) {
        try {
            throw new IllegalStateException("nothing refused: " + osmo.list("aws", "us-west-2"));
        } catch (CloudException refused) {
            return refused;
        }
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> !OF_THE_JVM.contains(thread.getName()))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
                .toList();
    }

    private static void unmerged() {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            require(osmo.providers().size() == 1, "a provider is hidden: " + osmo.providers());
            String hidden = osmo.providers().get(0).id().equals("aws") ? "existing" : "aws";
            String remedy = notFound(osmo, hidden).remedy();
            require(remedy.contains("META-INF/services") && remedy.contains("ServicesResourceTransformer"), remedy);
        }
    }

    private static void missing() {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            String remedy = notFound(osmo, "aws").remedy();
            require(remedy.contains("Add the Maven artifact io.osmo.backend:osmo-backend-aws"), remedy);
        }
    }

    private static ProviderNotFoundException notFound(OsmoBackends osmo, String provider) {
        try {
            throw new IllegalStateException("found: " + osmo.list(provider, "us-west-2"));
        } catch (ProviderNotFoundException missing) {
            return missing;
        }
    }

    private static void mixed() {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            osmo.list("aws", "us-west-2");
            throw new IllegalStateException("the lines fit together");
        } catch (ClassPathException mixed) {
            require(
                    mixed.jars().contains("sdk-core-2.57.8.jar")
                            && mixed.jars().stream().anyMatch(jar -> jar.startsWith("retries-2.40.")),
                    "jars: " + mixed.jars());
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
