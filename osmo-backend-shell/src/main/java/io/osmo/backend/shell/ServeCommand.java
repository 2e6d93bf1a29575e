// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.ServedClouds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description =
                "Answers HTTP on 127.0.0.1 in place of the clouds, until Ctrl-C. Prints the URLs and the variables that lead"
                        + " other programs there.")
final class ServeCommand extends ResultCommand {
    @Option(
            names = "--per-request",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Time that passes in the clouds with each request. Default: ${DEFAULT-VALUE}.")
    private int seconds = 30;

    @Override
    public Integer call() {
        if (seconds < 0) {
            throw new UnusableException("--per-request cannot be negative.");
        }
        try (EmulatedClouds clouds = EmulatedClouds.create();
                ServedClouds served = clouds.serve(Duration.ofSeconds(seconds))) {
            print(json() ? Json.write(values(served)) : script(served));
            tell("Ctrl-C ends the clouds and all that they hold.");
            new CountDownLatch(1).await();
            return ExitCode.PASSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.CANCELLED;
        }
    }

    private static Map<String, Object> values(ServedClouds served) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, String> urls = new TreeMap<>();
        served.ids().forEach(id -> urls.put(id, served.url(id).toString()));
        values.put("clouds", urls);
        values.put("environment", served.environment());
        return values;
    }

    /** A script that sets environment variables in another shell. */
    private static String script(ServedClouds served) {
        return served.toString().lines().map(line -> "# " + line + "\n").collect(Collectors.joining())
                + served.environment().entrySet().stream()
                        .map(variable -> "export " + variable.getKey() + "=" + variable.getValue())
                        .collect(Collectors.joining("\n"));
    }
}
