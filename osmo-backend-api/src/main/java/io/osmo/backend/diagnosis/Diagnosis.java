// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.diagnosis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.internal.console.Lines;
import io.osmo.backend.internal.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why nodes of a backend did not join, for each existing pool.
 *
 * @param backend the backend as text, such as {@code aws/us-west-2/train-west}
 * @param pools the pools, sorted by name
 */
public record Diagnosis(String backend, List<PoolDiagnosis> pools) {
    /** Texts of clouds and clusters may be long. */
    private static final int LONGEST = 2_048;

    private static final String INDENT = "    ";

    public Diagnosis {
        pools = List.copyOf(pools);
    }

    /** The diagnosis of one pool; empty if there is no such pool. */
    public Optional<PoolDiagnosis> pool(String name) {
        return pools.stream().filter(each -> each.pool().equals(name)).findFirst();
    }

    /** The diagnosis of these pools only. */
    public Diagnosis of(Set<String> names) {
        return new Diagnosis(
                backend,
                pools.stream().filter(each -> names.contains(each.pool())).toList());
    }

    /** Whether the nodes of all pools have joined. False if no pool was found, as of a backend that does not exist. */
    public boolean allJoined() {
        return !pools.isEmpty() && pools.stream().allMatch(each -> each.status() == PoolDiagnosis.Status.JOINED);
    }

    /** The diagnosis for people: pools without problems on one line, the others with cause, remedy and evidence. Safe to print. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("Nodes of " + backend + ": " + headline());
        for (PoolDiagnosis each : pools) {
            lines.addAll(wrapped("  pool " + each.pool() + ": " + summary(each), INDENT));
            each.cause()
                    .filter(cause -> !cause.remedy().isEmpty())
                    .ifPresent(cause -> lines.addAll(wrapped(INDENT + "> " + cause.remedy(), INDENT + "  ")));
            if (each.status() != PoolDiagnosis.Status.JOINED) {
                each.evidence().forEach(line -> lines.addAll(wrapped(INDENT + "- " + line, INDENT + "  ")));
            }
            each.unread().forEach(line -> lines.addAll(wrapped(INDENT + "? not read: " + line, INDENT + "  ")));
        }
        return String.join("\n", lines) + "\n";
    }

    /** The diagnosis for programs: {@code backend}, and {@code pools} with the components of {@link PoolDiagnosis}. */
    public String toJson() {
        ObjectNode diagnosis = JsonNodeFactory.instance.objectNode().put("backend", backend);
        ArrayNode list = diagnosis.putArray("pools");
        for (PoolDiagnosis each : pools) {
            ObjectNode entry = list.addObject()
                    .put("pool", each.pool())
                    .put("status", each.status().name());
            each.cause()
                    .ifPresent(cause -> entry.putObject("cause")
                            .put("id", cause.id())
                            .put("text", cause.text())
                            .put("remedy", cause.remedy()));
            each.evidence().forEach(entry.putArray("evidence")::add);
            each.unread().forEach(entry.putArray("unread")::add);
        }
        return diagnosis.toPrettyString();
    }

    private String headline() {
        if (pools.isEmpty()) {
            return "no pool was found; the backend may not exist";
        }
        long troubled = pools.stream()
                .filter(each -> each.status() != PoolDiagnosis.Status.JOINED)
                .count();
        return troubled == 0 ? "all have joined" : "missing in " + troubled + " of " + pools.size() + " pools";
    }

    private static String summary(PoolDiagnosis each) {
        return switch (each.status()) {
            case JOINED -> "all nodes have joined";
            case CAUSE_FOUND ->
                each.cause()
                        .map(cause -> cause.text() + " [" + cause.id() + "]")
                        .orElse("");
            case UNKNOWN -> "nodes may be missing, and nothing that could be read explains it";
        };
    }

    private static List<String> wrapped(String text, String indent) {
        return Lines.wrap(ForeignText.line(text, LONGEST), indent);
    }
}
