// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the service's database holds of a backend: made by the first operator that connects, and bound to its cluster forever. */
final class BackendRow {
    final String uid;
    final Instant created;
    final String routerAddress;
    String namespace;
    String version;
    String prefix;
    Instant lastHeartbeat;
    /** As the listener sent them last, by hostname. */
    final SortedMap<String, JsonNode> nodes = new TreeMap<>();

    BackendRow(Init init, String routerAddress, Instant now) {
        this.uid = init.uid();
        this.created = now;
        this.routerAddress = routerAddress;
        this.namespace = init.namespace();
        this.version = init.version();
        this.prefix = init.prefix();
        this.lastHeartbeat = now;
    }

    /** What an operator says of itself when it connects. */
    record Init(String uid, String namespace, String version, String prefix) {
        static Init of(JsonNode body) {
            return new Init(
                    body.path("k8s_uid").asText(),
                    body.path("k8s_namespace").asText(),
                    body.path("version").asText(),
                    body.path("node_condition_prefix").asText());
        }
    }
}
