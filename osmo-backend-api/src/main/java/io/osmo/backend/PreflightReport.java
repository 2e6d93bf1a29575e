// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.internal.console.Lines;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.plan.QuotaShortage;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of a preflight, either of a whole spec or of what one plan creates and changes. Immutable. {@link
 * ApplyOptions#requirePreflight} makes an apply depend on it.
 */
public final class PreflightReport {
    private static final int STATUS_WIDTH = 7;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BackendSpec spec;
    private final Optional<Plan> plan;
    private final Instant at;
    private final List<PreflightFinding> findings;

    /** @param plan empty when the whole spec was checked */
    PreflightReport(BackendSpec spec, Optional<Plan> plan, Instant at, List<PreflightFinding> findings) {
        this.spec = spec;
        this.plan = plan;
        this.at = at;
        this.findings = List.copyOf(findings);
    }

    public BackendRef ref() {
        return spec.ref();
    }

    /** When the checks ran. */
    public Instant at() {
        return at;
    }

    /**
     * Whether this covers a plan: it is the preflight of that plan or of its spec. Plans are compared by fingerprint, specs by content.
     */
    public boolean covers(Plan other) {
        return other.kind() == Plan.Kind.APPLY
                && other.ref().equals(ref())
                && plan.map(mine -> mine.fingerprint().equals(other.fingerprint()))
                        .orElseGet(() -> other.spec().map(BackendSpec::toJson).equals(Optional.of(spec.toJson())));
    }

    public List<PreflightFinding> findings() {
        return findings;
    }

    /** Failed if a check failed; inconclusive if no check failed but something could not be read, or nothing was checked. */
    public Verdict verdict() {
        if (count(Status.FAIL) > 0) {
            return Verdict.FAILED;
        }
        return count(Status.UNKNOWN) > 0 || findings.isEmpty() ? Verdict.INCONCLUSIVE : Verdict.PASSED;
    }

    /** Whether everything was read and nothing prevents an apply. */
    public boolean passed() {
        return verdict() == Verdict.PASSED;
    }

    /** How many findings have this status. */
    public int count(Status status) {
        return (int) findings.stream().filter(f -> f.status() == status).count();
    }

    /** The report for people: the verdict, then one entry for each finding, with its remedy below. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("Preflight of " + ref() + ": " + headline());
        lines.add("");
        int width = findings.stream().mapToInt(f -> f.check().length()).max().orElse(0);
        String indent = " ".repeat(STATUS_WIDTH + width + 6);
        for (PreflightFinding finding : findings) {
            String start = String.format(
                    Locale.ROOT,
                    "  %-" + STATUS_WIDTH + "s  %-" + Math.max(1, width) + "s  ",
                    finding.status(),
                    finding.check());
            String message = finding.message().replaceAll("\\s+", " ");
            lines.addAll(Lines.wrap(
                    start
                            + message
                            + finding.requirement().map(r -> " (" + r + ")").orElse(""),
                    indent));
            if (!finding.remedy().isEmpty()) {
                lines.addAll(Lines.wrap(indent + "> " + finding.remedy(), indent + "  "));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /**
     * The report for programs: {@code backend}, {@code at}, the fingerprint of the {@code plan} if there is one, {@code verdict}, and
     * {@code findings}, each with the components of its record.
     */
    public String toJson() {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("backend", ref().toString())
                .put("at", at.toString());
        plan.ifPresent(p -> report.put("plan", p.fingerprint()));
        report.put("verdict", verdict().name());
        ArrayNode list = report.putArray("findings");
        for (PreflightFinding finding : findings) {
            ObjectNode entry = list.addObject()
                    .put("check", finding.check())
                    .put("status", finding.status().name());
            finding.requirement().ifPresent(requirement -> entry.put("requirement", requirement));
            entry.put("message", finding.message()).put("remedy", finding.remedy());
            finding.shortage().ifPresent(shortage -> entry.set("shortage", json(shortage)));
            finding.cost().ifPresent(cost -> entry.set("cost", json(cost)));
        }
        return report.toPrettyString();
    }

    private static JsonNode json(CostEstimate cost) {
        try {
            return JSON.readTree(cost.toJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode json(QuotaShortage shortage) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("code", shortage.code())
                .put("what", shortage.what())
                .put("place", shortage.place())
                .put("limit", shortage.limit())
                .put("used", shortage.used())
                .put("needed", shortage.needed());
        ArrayNode needs = json.putArray("needs");
        shortage.needs().forEach(needs::add);
        json.put("askAt", shortage.askAt());
        ArrayNode alternatives = json.putArray("alternatives");
        shortage.alternatives().forEach(alternatives::add);
        return json;
    }

    private String headline() {
        String numbers = Stream.of(Status.values())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status)
                .collect(Collectors.joining(", "));
        String words = switch (verdict()) {
            case FAILED -> "do not apply yet";
            case INCONCLUSIVE -> "inconclusive, not everything could be read";
            case PASSED -> "nothing forbids applying";
        };
        return words + " (" + numbers + ")";
    }
}
