// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.osmo.WorkflowEnd;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The state of the service, and the operators that connect to it. Safe for concurrent use. */
public final class ServiceCore {
    private final ServiceSetup setup;
    private final InstantSource clock;
    private final Tokens tokens;
    private final Backends backends;
    private final Gateway gateway;
    private final Workflows workflows;
    private final Routes routes;
    private final List<Presence> operators = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();

    public ServiceCore(ServiceSetup setup, InstantSource clock) {
        this.setup = setup;
        this.clock = clock;
        this.tokens = new Tokens(clock);
        this.backends = new Backends(setup, clock);
        this.gateway = new Gateway(tokens, backends);
        Pools pools = new Pools(backends);
        this.workflows = new Workflows(pools, clock);
        this.routes = new Routes(setup, tokens, backends, gateway, pools, workflows);
    }

    /** An operator and how it differs from a healthy one. */
    public final class Presence {
        private final OperatorSession session;
        private Duration ahead = Duration.ZERO;
        private boolean beats = true;

        private Presence(OperatorHost host) {
            this.session = new OperatorSession(ServiceCore.this, host);
        }

        public boolean connected() {
            synchronized (ServiceCore.this) {
                catchUp();
                return session.connected();
            }
        }

        public Optional<String> refusal() {
            synchronized (ServiceCore.this) {
                catchUp();
                return session.refusal();
            }
        }

        public void ahead(Duration time) {
            synchronized (ServiceCore.this) {
                ahead = time;
            }
        }

        public void beats(boolean whether) {
            synchronized (ServiceCore.this) {
                catchUp();
                beats = whether;
            }
        }

        public void send(String channel, JsonNode frame) {
            synchronized (ServiceCore.this) {
                catchUp();
                session.sendForeign(channel, frame);
            }
        }
    }

    public synchronized Presence attach(OperatorHost host) {
        Presence presence = new Presence(host);
        operators.add(presence);
        return presence;
    }

    public synchronized void detach(Presence presence) {
        operators.remove(presence);
    }

    /** Changes the tokens. */
    public synchronized void change(Consumer<Tokens> how) {
        catchUp();
        how.accept(tokens);
    }

    public synchronized void declare(Map<String, ?> values) {
        catchUp();
        backends.declare(values);
    }

    public synchronized void workflows(Function<String, WorkflowEnd> ends) {
        workflows.plan(ends);
    }

    public synchronized List<String> frames() {
        catchUp();
        return List.copyOf(frames);
    }

    public ServiceSetup setup() {
        return setup;
    }

    /** Lets the operators do what they have done by now. */
    private void catchUp() {
        operators.forEach(operator -> operator.session.catchUp(clock.instant(), operator.ahead, operator.beats));
    }

    synchronized Routes.Answer answer(Routes.Request request, Optional<String> bearer) {
        catchUp();
        gateway.require(request.method(), "/" + String.join("/", request.path()), bearer);
        return routes.answer(request);
    }

    Tokens tokens() {
        return tokens;
    }

    Backends backends() {
        return backends;
    }

    Gateway gateway() {
        return gateway;
    }

    boolean knows(String backend, JsonNode resource) {
        return backends.row(backend)
                .filter(row ->
                        resource.equals(row.nodes.get(resource.path("hostname").asText())))
                .isPresent();
    }

    void log(String frame) {
        frames.add(frame);
    }
}
