// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pools, their platforms, and the nodes that belong to them: those that have all labels of a platform and only taints that it tolerates.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/service/core/config/helpers.py">which nodes belong to a platform</a>
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/service/core/workflow/workflow_service.py">pools and quotas</a>
 */
final class Pools {
    private static final String GPU = "nvidia.com/gpu";
    private static final Pattern QUANTITY = Pattern.compile("(\\d+(?:\\.\\d+)?)(Ki|Mi|Gi|Ti|m)?");
    private static final long GIB = 1L << 30;
    private static final Map<String, Long> UNITS = Map.of("Ki", 1L << 10, "Mi", 1L << 20, "Gi", GIB, "Ti", 1L << 40);

    private final Backends backends;

    Pools(Backends backends) {
        this.backends = backends;
    }

    /** A node and the platforms that it belongs to, by pool. */
    private record Member(String hostname, String backend, JsonNode node, Map<String, List<String>> platforms) {}

    ObjectNode list(List<String> wanted) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode pools = answer.putObject("pools");
        names(wanted).forEach(name -> pools.set(name, minimal(name)));
        return answer;
    }

    private Stream<String> names(List<String> wanted) {
        return backends.values().pools().filter(name -> wanted.isEmpty() || wanted.contains(name));
    }

    JsonNode require(String name) {
        return backends.values()
                .pool(name)
                .orElseThrow(() -> ServiceRefusal.of(400, "USER", "Pool " + name + " not found."));
    }

    ObjectNode minimal(String name) {
        JsonNode pool = require(name);
        ObjectNode platforms = JsonNodeFactory.instance.objectNode();
        pool.path("platforms").properties().forEach(platform -> {
            ObjectNode told = platforms
                    .putObject(platform.getKey())
                    .put("description", platform.getValue().path("description").asText(""))
                    .put("host_network_allowed", false)
                    .put("privileged_allowed", false);
            told.putArray("allowed_mounts");
            told.putArray("default_mounts");
        });
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("description", pool.path("description").asText(""))
                .put("status", status(pool))
                .put("download_type", "download")
                .put("enable_maintenance", pool.path("enable_maintenance").asBoolean())
                .put("backend", pool.path("backend").asText())
                .put("default_platform", pool.path("default_platform").asText(""));
        answer.putNull("resources");
        answer.putArray("topology_keys");
        answer.set("platforms", platforms);
        return answer;
    }

    private String status(JsonNode pool) {
        if (pool.path("enable_maintenance").asBoolean()) {
            return "MAINTENANCE";
        }
        return backends.alive(pool.path("backend").asText()) ? "ONLINE" : "OFFLINE";
    }

    /** The nodes of some pools; one that lacks what a computation needs fails the whole answer. */
    ObjectNode resources(List<String> wanted) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode resources = answer.putArray("resources");
        for (Member member : members()) {
            List<String> pools = member.platforms().keySet().stream()
                    .filter(pool -> wanted.isEmpty() || wanted.contains(pool))
                    .toList();
            if (!pools.isEmpty()) {
                resources.add(resource(member));
            }
        }
        return answer;
    }

    private static ObjectNode resource(Member member) {
        ObjectNode entry = JsonNodeFactory.instance
                .objectNode()
                .put("hostname", member.hostname())
                .put("backend", member.backend())
                .put("resource_type", member.platforms().size() > 1 ? "SHARED" : "RESERVED");
        ArrayNode exposed = entry.putObject("exposed_fields").putArray("pool/platform");
        ObjectNode labels = entry.putObject("pool_platform_labels");
        member.platforms().forEach((pool, platforms) -> {
            platforms.forEach(platform -> exposed.add(pool + "/" + platform));
            platforms.forEach(labels.withArray("/" + pool)::add);
        });
        entry.set("taints", member.node().path("taints"));
        entry.putObject("usage_fields");
        entry.putObject("non_workflow_usage_fields");
        entry.set("conditions", member.node().path("conditions"));
        entry.set("label_fields", member.node().path("label_fields"));
        JsonNode allocatable = member.node().path("allocatable_fields");
        entry.putObject("allocatable_fields")
                .put("cpu", required(allocatable, "cpu"))
                .put("memory", gib(required(allocatable, "memory")))
                .put("storage", gib(required(allocatable, "ephemeral-storage")))
                .put("gpu", allocatable.path(GPU).asText("0"));
        return entry;
    }

    private static String required(JsonNode allocatable, String key) {
        if (!allocatable.has(key)) {
            throw ServiceRefusal.internal("'" + key + "'");
        }
        return allocatable.path(key).asText();
    }

    private static String gib(String quantity) {
        Matcher parts = QUANTITY.matcher(quantity);
        if (!parts.matches()) {
            throw ServiceRefusal.internal("cannot parse " + quantity);
        }
        long unit = parts.group(2) == null ? 1 : UNITS.getOrDefault(parts.group(2), 1L);
        return String.valueOf((long) (new BigDecimal(parts.group(1)).doubleValue() * unit / GIB));
    }

    /** GPUs of each pool. Pools that share nodes are one set; here each pool is a set of its own. */
    ObjectNode quota() {
        JsonNode counted = resources(List.of()).path("resources");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode sets = answer.putArray("node_sets");
        int sum = 0;
        for (JsonNode resource : counted) {
            sum += resource.at("/allocatable_fields/gpu").asInt();
        }
        backends.values().pools().forEach(name -> {
            int gpus = 0;
            for (JsonNode resource : counted) {
                if (resource.path("pool_platform_labels").has(name)) {
                    gpus += resource.at("/allocatable_fields/gpu").asInt();
                }
            }
            ObjectNode pool = minimal(name);
            pool.set("resource_usage", usage(gpus));
            sets.addObject().putArray("pools").add(pool);
        });
        answer.set("resource_sum", usage(sum));
        return answer;
    }

    /** Six texts, as the service writes them. */
    private static ObjectNode usage(int gpus) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("quota_used", "0")
                .put("quota_free", String.valueOf(gpus))
                .put("quota_limit", String.valueOf(gpus))
                .put("total_usage", "0")
                .put("total_capacity", String.valueOf(gpus))
                .put("total_free", String.valueOf(gpus));
    }

    /** Whether a platform has a node that takes work. */
    boolean hasNode(String pool, String platform) {
        return members().stream()
                .anyMatch(member ->
                        member.platforms().getOrDefault(pool, List.of()).contains(platform));
    }

    /** Whether a rule of a platform compares with nodes. Those of the chart do; others say so by {@code K8_}. */
    boolean comparesWithNodes(String pool, String platform) {
        JsonNode declared = require(pool);
        return Stream.concat(
                        elements(declared.path("common_resource_validations")),
                        elements(declared.path("platforms").path(platform).path("resource_validations")))
                .map(JsonNode::asText)
                .anyMatch(rule -> backends.values()
                        .validation(rule)
                        .map(rules -> rules.toString().contains("K8_"))
                        .orElse(true));
    }

    private List<Member> members() {
        List<Member> members = new ArrayList<>();
        backends.names()
                .forEach(backend -> backends.row(backend)
                        .ifPresent(row -> row.nodes.forEach((hostname, node) -> {
                            Map<String, List<String>> platforms = platforms(backend, node);
                            if (node.path("available").asBoolean() && !platforms.isEmpty()) {
                                members.add(new Member(hostname, backend, node, platforms));
                            }
                        })));
        return members;
    }

    private Map<String, List<String>> platforms(String backend, JsonNode node) {
        Map<String, List<String>> found = new TreeMap<>();
        backends.values().pools().forEach(name -> {
            JsonNode pool = require(name);
            if (pool.path("backend").asText().equals(backend)) {
                List<String> platforms = pool.path("platforms").properties().stream()
                        .filter(platform -> matches(pool, platform.getValue(), node))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
                if (!platforms.isEmpty()) {
                    found.put(name, platforms);
                }
            }
        });
        return found;
    }

    private boolean matches(JsonNode pool, JsonNode platform, JsonNode node) {
        List<JsonNode> specs = Stream.concat(
                        elements(pool.path("common_pod_template")), elements(platform.path("override_pod_template")))
                .map(template ->
                        backends.values().podTemplate(template.asText()).path("spec"))
                .toList();
        boolean labeled = specs.stream()
                .flatMap(spec -> spec.path("nodeSelector").properties().stream())
                .allMatch(label -> node.path("label_fields")
                        .path(label.getKey())
                        .asText("")
                        .equals(label.getValue().asText()));
        List<JsonNode> tolerations = specs.stream()
                .flatMap(spec -> elements(spec.path("tolerations")))
                .toList();
        return labeled
                && elements(node.path("taints"))
                        .filter(taint -> !taint.path("effect").asText().equals("PreferNoSchedule"))
                        .allMatch(taint -> tolerations.stream().anyMatch(toleration -> tolerates(toleration, taint)));
    }

    /** By the literal key; a toleration of everything does not count. */
    private static boolean tolerates(JsonNode toleration, JsonNode taint) {
        String effect = toleration.path("effect").asText("");
        return (effect.isEmpty() || effect.equals(taint.path("effect").asText()))
                && toleration.path("key").asText("").equals(taint.path("key").asText())
                && (toleration.path("operator").asText("Equal").equals("Exists")
                        || toleration
                                .path("value")
                                .asText("")
                                .equals(taint.path("value").asText("")));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? array.valueStream() : Stream.empty();
    }
}
