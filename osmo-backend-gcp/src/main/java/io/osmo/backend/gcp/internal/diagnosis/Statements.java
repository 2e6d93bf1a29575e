// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.container.v1.NodePool;
import com.google.container.v1.StatusCondition;
import com.google.rpc.Code;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.ComputeObjects;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What GKE and the serial console of a machine say about a pool.
 *
 * @param console what the console says; unknown when it may not be read
 */
record Statements(List<Statement> all, Fact<Optional<Statement>> console) {
    /** Lines at the end of a console that are shown. */
    private static final int CONSOLE_LINES = 6;

    /** @param waiting machines that are no nodes; the console of one of them is read */
    static CompletableFuture<Statements> read(
            GcpContext context, ObservedCluster cluster, List<NodePool> pools, List<JsonNode> waiting) {
        List<Statement> said = new ArrayList<>();
        pools.forEach(pool -> {
            pool.getConditionsList()
                    .forEach(condition -> said.add(new Statement("GKE", code(condition), condition.getMessage())));
            if (pool.getConditionsCount() == 0 && !pool.getStatusMessage().isEmpty()) {
                said.add(new Statement("GKE", "", pool.getStatusMessage()));
            }
            if (pool.getStatus() != NodePool.Status.RUNNING) {
                PoolOperations.of(cluster, pool)
                        .failure()
                        .filter(failed ->
                                said.stream().noneMatch(each -> failed.text().contains(each.text())))
                        .ifPresent(said::add);
            }
        });
        return waiting.stream()
                .findFirst()
                .map(machine -> Facts.of(console(context, machine)))
                .orElseGet(() -> CompletableFuture.completedFuture(Fact.of(Optional.empty())))
                .thenApply(console -> {
                    console.known().flatMap(text -> text).ifPresent(said::add);
                    return new Statements(List.copyOf(said), console);
                });
    }

    /** A condition without a code has that of a success. */
    private static String code(StatusCondition condition) {
        String code = ObservedCluster.code(condition);
        return code.equals(Code.OK.name()) ? "" : code;
    }

    private static CompletableFuture<Optional<Statement>> console(GcpContext context, JsonNode machine) {
        String path = "/compute/v1/" + ComputeObjects.path(machine) + "/serialPort";
        return context.findAsync(
                        "compute.instances.getSerialPortOutput",
                        () -> context.rest().get(GcpService.COMPUTE, path))
                .thenApply(found -> found.map(answer -> answer.path("contents").asText())
                        .filter(text -> !text.isBlank())
                        .map(text -> new Statement(
                                "console of " + machine.path("name").asText(), "", lastLines(text))));
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - CONSOLE_LINES), lines.size()));
    }
}
