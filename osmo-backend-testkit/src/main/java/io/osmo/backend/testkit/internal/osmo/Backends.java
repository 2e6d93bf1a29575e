// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.osmo.BackendRow.Init;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Backends: rows of the database, and those that the file declares, if there is one.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/service/agent/helpers.py">registration</a>
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/utils/connectors/postgres.py">what is returned of a backend</a>
 */
final class Backends {
    private static final Duration ONLINE = Duration.ofSeconds(120);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private final ServiceSetup setup;
    private final InstantSource clock;
    private final SortedMap<String, BackendRow> rows = new TreeMap<>();
    private ServiceValues values = ServiceValues.ofChart();

    Backends(ServiceSetup setup, InstantSource clock) {
        this.setup = setup;
        this.clock = clock;
    }

    ServiceValues values() {
        return values;
    }

    void declare(Map<String, ?> more) {
        values = values.with(more, setup.chart(), setup.controlNamespace());
    }

    Optional<BackendRow> row(String name) {
        return Optional.ofNullable(rows.get(name));
    }

    /** Registers an operator. An undeclared name stays bound to its cluster all the same. */
    void register(String name, Init init) {
        BackendRow row =
                rows.computeIfAbsent(name, unknown -> new BackendRow(init, setup.routerAddress(), clock.instant()));
        if (!row.uid.equals(init.uid())) {
            throw ServiceRefusal.internal("Backend " + name + " is already being used by a different cluster");
        }
        if (setup.byFile()) {
            JsonNode declared = values.backend(name).orElseThrow(() -> absent(name));
            String namespace = declared.path("k8s_namespace").asText();
            if (setup.checksNamespace() && !namespace.equals(init.namespace())) {
                throw ServiceRefusal.internal("Namespace mismatch for backend " + name + ": " + init.namespace()
                        + " instead of " + namespace);
            }
        }
        row.namespace = init.namespace();
        row.version = init.version();
        row.prefix = init.prefix();
    }

    /** Whether the last heartbeat is fresh: what the status of pools is judged by. */
    boolean alive(String name) {
        return row(name).filter(row -> isFresh(row.lastHeartbeat)).isPresent();
    }

    private boolean isFresh(Instant heartbeat) {
        return Duration.between(heartbeat, clock.instant()).compareTo(ONLINE) <= 0;
    }

    ObjectNode list() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode backends = answer.putArray("backends");
        names().forEach(name -> backends.add(get(name)));
        return answer;
    }

    Stream<String> names() {
        return setup.byFile() ? values.backends() : rows.keySet().stream();
    }

    ObjectNode get(String name) {
        if (names().noneMatch(name::equals)) {
            throw absent(name);
        }
        JsonNode declared = setup.byFile() ? values.backend(name).orElseThrow() : JsonNodeFactory.instance.objectNode();
        Optional<BackendRow> row = row(name);
        Instant heartbeat = row.map(known -> known.lastHeartbeat).orElseGet(clock::instant);
        ObjectNode backend = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("description", declared.path("description").asText(""))
                .put("version", row.map(known -> known.version).orElse(""))
                .put("k8s_uid", row.map(known -> known.uid).orElse(""))
                .put("k8s_namespace", row.map(known -> known.namespace).orElse(""))
                .put("dashboard_url", declared.path("dashboard_url").asText(""))
                .put("grafana_url", declared.path("grafana_url").asText(""));
        backend.putArray("tests");
        backend.putObject("scheduler_settings")
                .put("scheduler_type", "kai")
                .put("scheduler_name", "kai-scheduler")
                .put("scheduler_timeout", 30);
        backend.putObject("node_conditions")
                .put(
                        "prefix",
                        setup.byFile()
                                ? "osmo.nvidia.com/"
                                : row.map(known -> known.prefix).orElse(""))
                .putNull("rules");
        return backend.put("last_heartbeat", time(heartbeat))
                .put("created_date", time(row.map(known -> known.created).orElseGet(clock::instant)))
                .put(
                        "router_address",
                        setup.byFile()
                                ? declared.path("router_address").asText("")
                                : row.map(known -> known.routerAddress).orElse(""))
                .put("online", isFresh(heartbeat));
    }

    /** Forgets a row and with it the binding; refused as long as workflows run, and where a file declares backends. */
    void delete(String name, Stream<String> alive) {
        String running = String.join(", ", alive.toList());
        if (!running.isEmpty()) {
            throw ServiceRefusal.internal(
                    "Backend " + name + " is not finished running workflows. Alive workflows: " + running);
        }
        rows.remove(name);
    }

    static ServiceRefusal absent(String name) {
        return ServiceRefusal.internal("Backend " + name + " is not found.");
    }

    /** UTC, without saying so. */
    private static String time(Instant instant) {
        return TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
