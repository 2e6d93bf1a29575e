// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.LogFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Searches the end of the logs of OSMO's operator for known phrases. Logs may quote anything, so this class returns only which
 * phrases occur. Requests nothing if no operator is installed.
 */
final class LogReader {
    private static final int LINES = 200;

    /** Size limit of one log in bytes. The server counts from the first of the last lines, and stops there. */
    private static final int LIMIT = 1 << 20;

    /** Logs that are read at the same time. */
    private static final int PARALLEL = 4;

    /** How kubelets begin the error that they send with status 200 when they have no log (kubernetes/kubernetes#140154). */
    private static final List<String> NO_LOG =
            List.of("unable to retrieve container logs for", "failed to try resolving symlinks in path");

    private final Lists lists;
    private final Kind kind;
    private final CompletableFuture<Fact<List<LogFacts>>> logs;

    LogReader(
            Lists lists,
            Expectations expectations,
            CompletableFuture<Fact<List<WorkloadFacts>>> deployments,
            CompletableFuture<Fact<List<PodFacts>>> pods) {
        this.lists = lists;
        this.kind = Kinds.logs(expectations);
        logs = deployments
                .thenCombine(
                        pods, (allDeployments, allPods) -> allDeployments.flatMap(d -> allPods.map(p -> written(d, p))))
                .thenCompose(this::readAll);
    }

    CompletableFuture<Fact<List<LogFacts>>> logs() {
        return logs;
    }

    /** A log of the operator. It exists because its container has started. */
    private record Log(String namespace, String pod, String container) {
        String path() {
            return "/api/v1/namespaces/" + namespace + "/pods/" + Lists.encoded(pod) + "/log?container="
                    + Lists.encoded(container) + "&tailLines=" + LINES + "&limitBytes=" + LIMIT;
        }
    }

    private List<Log> written(List<WorkloadFacts> deployments, List<PodFacts> pods) {
        List<WorkloadFacts> operators = deployments.stream()
                .filter(d -> d.namespace().equals(kind.namespace()))
                .filter(d -> d.runs("backend-listener") || d.runs("backend-worker"))
                .toList();
        return pods.stream()
                .filter(p -> p.active() && operators.stream().anyMatch(d -> d.owns(p)))
                .flatMap(p -> p.containers().stream()
                        .filter(LogReader::started)
                        .map(c -> new Log(p.namespace(), p.name(), c.name())))
                .toList();
    }

    private static boolean started(ContainerFacts container) {
        return container.waiting().isEmpty() || container.lastEnd().isPresent();
    }

    private CompletableFuture<Fact<List<LogFacts>>> readAll(Fact<List<Log>> written) {
        List<CompletableFuture<Fact<LogFacts>>> found = new ArrayList<>();
        for (Log log : written.known().orElse(List.of())) {
            int before = found.size() - PARALLEL;
            found.add(before < 0 ? read(log) : found.get(before).thenCompose(done -> read(log)));
        }
        return Lists.all(found).thenApply(all -> written.flatMap(none -> all));
    }

    private CompletableFuture<Fact<LogFacts>> read(Log log) {
        return lists.bytes(kind, log.path())
                .thenApply(text -> Fact.of(
                        new LogFacts(log.namespace(), log.pod(), log.container(), text.flatMap(LogReader::phrases))));
    }

    /** If the limit cut the log off, only what was found before is known. */
    private static Fact<List<LogPhrase>> phrases(byte[] log) {
        // All phrases are ASCII, and any byte is a character of this set.
        String text = new String(log, StandardCharsets.ISO_8859_1);
        List<LogPhrase> found = Stream.of(LogPhrase.values())
                .filter(phrase -> text.contains(phrase.text()))
                .toList();
        if (NO_LOG.stream().anyMatch(text::startsWith)) {
            return Fact.unknown("the node does not have the log");
        }
        return found.isEmpty() && log.length >= LIMIT
                ? Fact.unknown("the last " + LINES + " lines are longer than " + (LIMIT >> 20) + " MiB")
                : Fact.of(found);
    }
}
