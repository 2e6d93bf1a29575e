// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.osmo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.cluster.internal.Json;
import io.osmo.backend.testkit.internal.osmo.OperatorFacts;
import io.osmo.backend.testkit.internal.osmo.OperatorHost;
import io.osmo.backend.testkit.internal.osmo.ServiceCore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An operator that connects to the emulated service, and the defects that a test gives it. Changes take effect with the next call. */
public final class EmulatedOperator {
    private final ServiceCore.Presence presence;
    private final Alone alone;

    private EmulatedOperator(ServiceCore.Presence presence, Alone alone) {
        this.presence = presence;
        this.alone = alone;
    }

    static EmulatedOperator in(ServiceCore core, OperatorHost host) {
        return new EmulatedOperator(core.attach(host), new Alone(""));
    }

    static EmulatedOperator alone(ServiceCore core, String backend) {
        Alone host = new Alone(backend);
        return new EmulatedOperator(core.attach(host), host);
    }

    /** Connects with this token, and again whenever the connection breaks. */
    public EmulatedOperator connect(String token) {
        alone.token = token;
        return this;
    }

    /** Stops the operator. */
    public EmulatedOperator stop() {
        alone.token = "";
        return this;
    }

    /** UID of the namespace {@code kube-system} of its cluster. */
    public EmulatedOperator uid(String value) {
        alone.uid = value;
        return this;
    }

    /** Namespace of workflows; default {@code osmo-workflows}. */
    public EmulatedOperator namespace(String value) {
        alone.namespace = value;
        return this;
    }

    /** Its release; default 6.4.0. */
    public EmulatedOperator version(String value) {
        alone.version = value;
        return this;
    }

    /** Stops or starts its worker, which creates queues. */
    public EmulatedOperator worker(boolean runs) {
        alone.worker = runs;
        return this;
    }

    /** Whether its cluster serves KAI's queues. */
    public EmulatedOperator scheduler(boolean served) {
        alone.served = served;
        return this;
    }

    /** Adds a node of its cluster, as the Kubernetes API shows it. */
    public EmulatedOperator node(Map<String, ?> manifest) {
        alone.nodes.add(Json.MAPPER.valueToTree(manifest));
        return this;
    }

    /** Names of the queues that its worker has created. */
    public List<String> queues() {
        presence.connected();
        return List.copyOf(alone.queues);
    }

    /** Sets how far the clock of its node is ahead. */
    public EmulatedOperator clock(Duration ahead) {
        presence.ahead(ahead);
        return this;
    }

    /** Stops or starts heartbeats; the connection stays. */
    public EmulatedOperator heartbeats(boolean whether) {
        presence.beats(whether);
        return this;
    }

    /**
     * Sends a message of the operator to the service.
     *
     * @param channel such as {@code node} or {@code worker}
     */
    public void send(String channel, String frame) {
        try {
            presence.send(channel, Json.MAPPER.readTree(frame));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + frame, e);
        }
    }

    public boolean connected() {
        return presence.connected();
    }

    /** Why the service refuses it, as the service puts it; empty if it is connected or does not run. */
    public Optional<String> refusal() {
        return presence.refusal();
    }

    /** Whether it is connected, or why the service refuses it. */
    @Override
    public String toString() {
        return "EmulatedOperator["
                + refusal().map(reason -> "refused: " + reason).orElse(connected() ? "connected" : "not connected")
                + "]";
    }

    /** The cluster of an operator that a test describes. */
    private static final class Alone implements OperatorHost {
        private final String backend;
        private final List<JsonNode> nodes = new CopyOnWriteArrayList<>();
        private final List<String> queues = new CopyOnWriteArrayList<>();
        private volatile String token = "";
        private volatile String uid = "uid-of-kube-system";
        private volatile String namespace = "osmo-workflows";
        private volatile String version = "6.4.0";
        private volatile boolean worker = true;
        private volatile boolean served = true;

        private Alone(String backend) {
            this.backend = backend;
        }

        @Override
        public Optional<OperatorFacts> operator() {
            return token.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new OperatorFacts(backend, uid, namespace, version, token, nodes, worker));
        }

        @Override
        public boolean queue(JsonNode queue) {
            if (served && !queues.contains(queue.at("/metadata/name").asText())) {
                queues.add(queue.at("/metadata/name").asText());
            }
            return served;
        }
    }
}
