// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.tests.services.ShortWaits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A host in a JVM of its own, that finds the provider by ServiceLoader and moto by the environment variables that all AWS
 * tools know.
 */
final class OtherJvm implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 120;

    private final Process process;
    private final Path log;

    private OtherJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What the other JVM does: {@code apply} or {@code destroy}. */
    public static void main(String[] arguments) {
        System.out.println(run(arguments[0]));
    }

    /** The same in this JVM; returns what was made and what is left over. */
    static String run(String what) {
        BackendSpec spec = MotoSpecs.small();
        try (Scheduler scheduler = new ShortWaits();
                OsmoBackends osmo = OsmoBackends.builder()
                        .settings(Moto.settings())
                        .scheduler(scheduler)
                        .build()) {
            Plan plan = "apply".equals(what) ? osmo.plan(spec) : osmo.planDestroy(spec.ref());
            Backend backend = osmo.apply(plan);
            return backend + " leftovers " + backend.leftovers();
        }
    }

    static OtherJvm start(String what, URI endpoint) {
        try {
            Path log = Files.createTempFile("osmo-other-jvm", ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            OtherJvm.class.getName(),
                            what)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
            builder.environment()
                    .putAll(Map.of(
                            "AWS_ENDPOINT_URL",
                            endpoint.toString(),
                            "AWS_REGION",
                            MotoSpecs.REGION,
                            "AWS_ACCESS_KEY_ID",
                            "test",
                            "AWS_SECRET_ACCESS_KEY",
                            "test"));
            return new OtherJvm(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL, and waits until the process is gone. */
    void kill() {
        process.destroyForcibly();
        exit();
    }

    /** Waits for the end. */
    int exit() {
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still runs after " + DEADLINE_SECONDS + " s:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String output() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
