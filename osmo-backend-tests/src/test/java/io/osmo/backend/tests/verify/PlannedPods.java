// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.verify;

import io.osmo.backend.testkit.cluster.PodEnd;
import io.osmo.backend.testkit.cluster.PodRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the pods of probes say in clusters of tests, in the form that their scripts give it. */
final class PlannedPods {
    private PlannedPods() {}

    /** All is well. */
    static PodEnd good(PodRequest pod) {
        if (pod.name().startsWith("network") || pod.name().endsWith("-workflow")) {
            return new PodEnd.Exited(0, answers(pod, PlannedPods::ok));
        }
        if (pod.name().equals("idle")) {
            return new PodEnd.Exited(0, "first 200 1 keep-alive\nsecond 200 0 keep-alive\nexit 0\nerror -\n");
        }
        if (pod.name().startsWith("volume")) {
            return new PodEnd.Exited(0, "written\n");
        }
        if (pod.name().startsWith("gpu")) {
            return new PodEnd.Exited(0, "gpu NVIDIA L4, 580.82.07\n\nexit 0\n");
        }
        if (pod.name().startsWith("kai")) {
            return new PodEnd.Exited(0, "");
        }
        return new PodEnd.NotStarted();
    }

    /** What the network script writes about its targets. */
    static String answers(PodRequest pod, Function<String, String> answer) {
        List<String> targets = pod.environment().get("TARGETS").lines().toList();
        return IntStream.range(0, targets.size())
                .mapToObj(i -> "answer " + i + " " + answer.apply(targets.get(i).split(" ", 2)[1]) + "\n")
                .collect(Collectors.joining());
    }

    static String ok(String url) {
        if (url.contains("kubernetes.default")) {
            return line(60, 0, "SSL certificate problem");
        }
        String body = url.endsWith("/api/version") ? base64("{\"major\": \"6\"}") : "-";
        int status = url.endsWith("/api/version") ? 200 : 401;
        return "0 " + status + " TLSv1.3 1767225600 " + base64("Thu, 01 Jan 2026 00:00:02 GMT") + " "
                + base64("Jan  9 12:00:00 2097 GMT\nMar 10 12:00:00 2098 GMT\n") + " " + body + " -";
    }

    static String line(int exit, int status, String error) {
        return exit + " " + String.format(Locale.ROOT, "%03d", status) + " - 1767225600 - - - " + base64(error);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
