// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.helm.internal.child.RenderAnswer;
import io.osmo.backend.helm.internal.child.RenderMain;
import io.osmo.backend.helm.internal.child.RenderRequest;
import io.osmo.backend.helm.internal.files.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One run of the child process. The native library ignores interrupts, leaves 98 MB in the temporary folder and takes the cluster of
 * the environment, so it never runs in the host's process. The child has a folder, an environment and a class path of its own; its
 * output goes to files of that folder, so that waiting for it can be interrupted.
 */
public final class RenderProcess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int LONGEST_REQUEST = 1 << 20;
    private static final int LONGEST_ANSWER = 128 << 20;
    private static final int SHOWN = 4_000;
    private static final int SECONDS_TO_END = 5;

    /** Of all renderings of this host, which may plan for many backends at once. */
    private static final Semaphore RUNNING =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

    /** The native library needs memory outside of this heap for the chart and what it renders. */
    private static final String HEAP = "-Xmx512m";

    private final WorkFolder folder;
    private final RenderRequest request;
    private final Duration deadline;
    private final Redaction redaction;

    /** @param folder has the files that the request names; its close deletes what the child leaves */
    public RenderProcess(WorkFolder folder, RenderRequest request, Duration deadline) {
        this.folder = folder;
        this.request = request;
        this.deadline = deadline;
        this.redaction = new Redaction(request.kubeconfig());
    }

    /**
     * @return the answer, which has both texts
     * @throws ChartException if Helm refuses the chart, or the child fails
     * @throws DeadlineExceededException if the child did not end in time
     * @throws OperationCancelledException if this thread was interrupted; its interrupt flag is set again
     */
    public RenderAnswer run() {
        try {
            if (!RUNNING.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late("others were being rendered");
            }
            try {
                return accepted(answer(exitCode()));
            } finally {
                RUNNING.release();
            }
        } catch (IOException e) {
            throw failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException(
                    "rendering the chart of " + request.name() + " was interrupted", List.of());
        }
    }

    private int exitCode() throws IOException, InterruptedException {
        Process process = start();
        try {
            send(process.getOutputStream());
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late("");
            }
        } finally {
            end(process);
        }
        return process.exitValue();
    }

    private DeadlineExceededException late(String last) {
        return new DeadlineExceededException(
                "the chart of " + request.name() + " was not rendered", deadline, last, List.of(), null);
    }

    private Process start() throws IOException {
        Platform platform = Platform.current();
        Path java = Path.of(System.getProperty("java.home", ""), "bin", platform.isWindows() ? "java.exe" : "java");
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Path home = Files.createDirectories(folder.resolve("home"));
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-XX:-CreateCoredumpOnCrash",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Djna.tmpdir=" + temporary,
                        "-Duser.home=" + home,
                        "-Dfile.encoding=UTF-8",
                        "-Djna.encoding=UTF-8",
                        // Otherwise helm-java downloads what it misses and runs it, without a checksum.
                        "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
                        "-cp",
                        ChildClassPath.create(platform, folder.resolve("services")),
                        RenderMain.class.getName())
                .directory(folder.path().toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().clear();
        builder.environment().putAll(ChildEnvironment.of(folder.path(), System.getenv()));
        return builder.start();
    }

    /** What the child reads first. The stream stays open; its end shows the child that the host has died. */
    private void send(OutputStream out) throws IOException {
        byte[] line = (JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > LONGEST_REQUEST) {
            throw new ChartException(
                    "the kubeconfig for the chart of " + request.name() + " has more than 1 MiB",
                    "Give one that holds a single cluster and user.",
                    null);
        }
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            // It has ended already; its exit code and its errors say why.
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // What it has not read is no longer needed.
        }
        // Only then can its files be deleted.
        process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    private RenderAnswer answer(int exitCode) throws IOException {
        Path output = folder.resolve("output");
        if (exitCode != 0 || Files.size(output) > LONGEST_ANSWER) {
            throw failed("it ended with exit code " + exitCode + " " + firstLine(folder.resolve("errors")));
        }
        return JSON.readValue(output.toFile(), RenderAnswer.class);
    }

    private static String firstLine(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(SHOWN), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private RenderAnswer accepted(RenderAnswer answer) {
        if (answer.refusal() != null) {
            // Cut afterward: half of a credential would not be found.
            String refusal = redaction.of(answer.refusal());
            throw new ChartException(
                    "Helm refuses the chart of " + request.name() + ": "
                            + (refusal.length() > SHOWN ? refusal.substring(0, SHOWN) + "…" : refusal),
                    "Follow Helm's message: correct the values, or take another version of the chart."
                            + " A folder needs its dependencies in charts/.",
                    null);
        }
        if (answer.failure() != null) {
            throw failed(answer.failure());
        }
        return answer;
    }

    private ChartException failed(String why) {
        return new ChartException(
                "the process that renders the chart of " + request.name() + " failed: " + redaction.of(why),
                "Charts need a java program in " + System.getProperty("java.home")
                        + "/bin, and a temporary folder (-Djava.io.tmpdir) with"
                        + " 200 MB of room in which programs may run.",
                null);
    }
}
