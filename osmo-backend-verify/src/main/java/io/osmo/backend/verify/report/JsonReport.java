// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.verify.check.Finding;
import java.net.URI;
import java.util.List;

/** Writes a report as JSON, field by field, so that renaming a record component does not change what hosts parse. */
final class JsonReport {
    private static final String FORMAT = "osmo-backend-report/2";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonReport() {}

    static String render(Report report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("cluster", report.cluster());
        root.put("takenAt", report.time().known().map(Object::toString).orElse(null));
        root.put("asOf", report.asOf().known().map(Object::toString).orElse(null));
        root.put("kubernetesVersion", report.kubernetesVersion().known().orElse(null));
        root.put("library", report.catalog().library());
        root.put("catalog", report.catalog().version());
        root.put("verdict", report.verdict().name());
        report.osmo()
                .ifPresent(osmo ->
                        root.putObject("osmo").put("state", osmo.state().name()).put("text", osmo.text()));
        ArrayNode unproven = root.putArray("notProven");
        report.unproven().forEach(requirement -> unproven.add(requirement.id()));
        ArrayNode unseen = root.putArray("notLookedAt");
        report.notLookedAt().stream().map(Finding::check).distinct().forEach(unseen::add);
        ObjectNode counts = root.putObject("counts");
        report.counts().forEach((status, count) -> counts.put(status.name(), count));
        ObjectNode requirements = root.putObject("requirements");
        report.requirements().forEach((id, proof) -> requirements.put(id.id(), proof.name()));
        ArrayNode pools = root.putArray("pools");
        report.pools().known().orElse(List.of()).forEach(pool -> write(pool, pools.addObject()));
        ArrayNode findings = root.putArray("findings");
        report.findings().forEach(f -> write(f, report.catalog(), findings.addObject()));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that cannot be written is a defect of this library", e);
        }
    }

    private static void write(PoolSummary pool, ObjectNode out) {
        out.put("name", pool.name().orElse(""));
        out.put("nodeType", pool.nodeType().orElse(""));
        ArrayNode types = out.putArray("instanceTypes");
        pool.instanceTypes().forEach(types::add);
        out.put("min", pool.scale().map(Scale::min).orElse(null));
        out.put("max", pool.scale().map(Scale::max).orElse(null));
        ArrayNode zones = out.putArray("zones");
        pool.zones()
                .forEach((zone, nodes) -> zones.addObject()
                        .put("zone", zone)
                        .put("available", nodes.available())
                        .put("unavailable", nodes.unavailable()));
    }

    private static void write(Finding finding, Catalog catalog, ObjectNode out) {
        out.put("check", finding.check());
        out.put("requirement", finding.requirement().map(Requirement::id).orElse(null));
        out.put("severity", finding.severity().name());
        out.put("status", finding.status().name());
        out.put("observed", finding.observed());
        out.put("expected", finding.expected());
        ArrayNode resources = out.putArray("resources");
        finding.resources().forEach(resources::add);
        out.put("moreResources", finding.more());
        out.put("next", finding.next());
        out.put(
                "documentation",
                catalog.documentation(finding.check()).map(URI::toString).orElse(null));
    }
}
