// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * A service of {@code ../shared/bin}, on a port of its own.
 *
 * @param exports what its script says about it: variables and their values
 */
public record SharedService(Path script, String directory, Map<String, String> exports) implements AutoCloseable {
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=(\\S+)");

    private static Path script(String name) {
        return Path.of(System.getProperty("osmo.shared", "../../shared"), "bin", name);
    }

    /** Skips tests where there is none: a condition, for an assumption of a whole class is reported as no test at all. */
    public static ConditionEvaluationResult condition(String name, ExtensionContext context) {
        if (Files.isExecutable(script(name))) {
            return ConditionEvaluationResult.enabled("there is " + name);
        }
        String reason = "SKIPPED " + context.getDisplayName() + ": no " + name + ", because there is no " + script(name)
                + " (system property osmo.shared)";
        LoggerFactory.getLogger(SharedService.class).warn(reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    /** Starts one. */
    public static SharedService up(String name, String directoryVariable, Map<String, String> environment) {
        Path script = script(name);
        Map<String, String> exports = new HashMap<>();
        Matcher variables = VARIABLE.matcher(run(List.of(script.toString(), "up"), environment));
        while (variables.find()) {
            exports.put(variables.group(1), variables.group(2));
        }
        return new SharedService(script, exports.get(directoryVariable), exports);
    }

    /** Runs a command of the script, such as {@code nodes}, on this service. */
    void run(String command, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(script.toString(), command, directory));
        words.addAll(arguments);
        var unused = run(words, Map.of());
    }

    private static String run(List<String> command, Map<String, String> environment) {
        try {
            Path log = Files.createTempFile("osmo-shared", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + Files.readString(log));
            }
            Files.delete(log);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run(List.of(script.toString(), "down", directory), Map.of());
    }
}
