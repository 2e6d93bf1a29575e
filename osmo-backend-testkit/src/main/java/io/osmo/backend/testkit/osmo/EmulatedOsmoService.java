// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.osmo;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.osmo.ClusterHost;
import io.osmo.backend.testkit.internal.osmo.ServiceCore;
import io.osmo.backend.testkit.internal.osmo.ServiceRefusals;
import io.osmo.backend.testkit.internal.osmo.ServiceServer;
import io.osmo.backend.testkit.internal.osmo.ServiceSetup;
import io.osmo.backend.values.OsmoValues;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An OSMO service in this process: the API over plain HTTP on 127.0.0.1, and what operators connect to. It answers as releases 6.3 and
 * 6.4 do, with their status codes. Time is virtual. Safe for concurrent use.
 *
 * <pre>{@code
 * EmulatedOsmoService service = EmulatedOsmoService.on(clouds.time());
 * service.declare(osmo.values(spec));
 * service.credential("train-west", token);
 * service.attach(clouds.aws().cluster(spec.ref()));
 * }</pre>
 *
 * <p>Operations of {@link #faults()} and {@link #calls()} are named by verb and path, such as {@code GET api/pool}; the request of a call
 * is a map of its headers.
 */
public final class EmulatedOsmoService implements AutoCloseable {
    private static final List<String> OPERATIONS = Stream.of("GET", "POST", "DELETE", "PUT", "PATCH")
            .map(verb -> verb + " api/*")
            .toList();

    private static final Duration LOOK = Duration.ofSeconds(20);

    private final CallLog calls = new CallLog(List.of());
    private final Faults faults;
    private final ServiceCore core;
    private final ServiceServer server;
    private final VirtualTime time;
    private volatile boolean closed;

    private EmulatedOsmoService(Builder builder) {
        this.time = builder.time;
        this.faults = new Faults(builder.time, new ServiceRefusals(), () -> OPERATIONS);
        this.core = new ServiceCore(
                new ServiceSetup(builder.release, builder.byFile, builder.serviceUrl, builder.controlNamespace),
                builder.time);
        this.server = new ServiceServer(core, builder.time, calls, faults);
    }

    /** A service of release 6.4.0, which takes its configuration from a file. */
    public static EmulatedOsmoService on(VirtualTime time) {
        return builder(time).build();
    }

    public static Builder builder(VirtualTime time) {
        return new Builder(time);
    }

    /** How the service is installed. */
    public static final class Builder {
        private final VirtualTime time;
        private String release = "6.4.0";
        private boolean byFile = true;
        private String serviceUrl = "https://osmo.example.com";
        private String controlNamespace = "osmo";

        private Builder(VirtualTime time) {
            this.time = time;
        }

        /** A release of 6.3 or 6.4. Default: 6.4.0. */
        public Builder release(String value) {
            release = value;
            return this;
        }

        /** Keeps its configuration in the database, which 6.3 can. */
        public Builder database() {
            byFile = false;
            return this;
        }

        /** The URL in specs and operators; calls go to {@link EmulatedOsmoService#url()}. Default: {@code https://osmo.example.com}. */
        public Builder serviceUrl(String value) {
            serviceUrl = value;
            return this;
        }

        /** @throws IllegalArgumentException if there is no such service */
        public EmulatedOsmoService build() {
            return new EmulatedOsmoService(this);
        }
    }

    /** The URL that it answers at. */
    public URI url() {
        return server.url();
    }

    /** Merges what a backend needs into the values of the service, and upgrades it. */
    public void declare(OsmoValues values) {
        declare(values.service());
    }

    /**
     * Merges values as Helm does, and upgrades the service.
     *
     * @throws IllegalArgumentException if the service would refuse them
     */
    public void declare(Map<String, ?> values) {
        core.declare(values);
    }

    /**
     * Adds the Secret of a backend to the cluster of the service.
     *
     * @throws IllegalStateException with 6.3, which has no such Secrets
     */
    public void credential(String name, String token) {
        requireSecrets();
        core.change(tokens -> tokens.credential(name, token, Optional.empty()));
    }

    /** Like {@link #credential(String, String)} while the token is being replaced. */
    public void credential(String name, String token, String previous) {
        requireSecrets();
        core.change(tokens -> tokens.credential(name, token, Optional.of(previous)));
    }

    public void removeCredential(String name) {
        core.change(tokens -> tokens.removeCredential(name));
    }

    private void requireSecrets() {
        if (!core.setup().hasSecrets()) {
            throw new IllegalStateException(core.setup().release() + " makes tokens by its API: use token(…)");
        }
    }

    /**
     * Adds a token that the API of the service has created.
     *
     * @param expires the first day on which it is no longer valid
     * @param roles such as {@code osmo-backend}, {@code osmo-user} or {@code osmo-admin}
     */
    public void token(String token, LocalDate expires, String... roles) {
        core.change(tokens -> tokens.add(token, expires, List.of(roles)));
    }

    /** Ends all sessions, as a change of the service's keys does. */
    public void endSessions() {
        core.change(tokens -> tokens.forgetSessions());
    }

    /**
     * Connects the operator of a cluster to the service: it is connected while its Deployments are available and refer to the service,
     * its Secret contains an accepted token, and its backend is declared.
     */
    public EmulatedOperator attach(EmulatedCluster cluster) {
        EmulatedOperator operator =
                EmulatedOperator.in(core, new ClusterHost(cluster, core.setup().url()));
        keepUp(operator);
        return operator;
    }

    /** The operator works even if the service is not called: it creates queues in its cluster. */
    private void keepUp(EmulatedOperator operator) {
        if (!closed) {
            operator.connected();
            time.after(LOOK, () -> keepUp(operator));
        }
    }

    /** An operator without a cluster. It is not connected yet, and healthy unless a test changes it. */
    public EmulatedOperator operator(String backend) {
        return EmulatedOperator.alone(core, backend);
    }

    /** What operators have sent and got since the beginning, such as {@code node > init} and {@code node < ack}. */
    public List<String> frames() {
        return core.frames();
    }

    /** Sets how workflows end, by their names. They start when their platform has a node. Default: all complete. */
    public void workflows(Function<String, WorkflowEnd> ends) {
        core.workflows(ends);
    }

    /** While true, accepts calls without answering them. */
    public void stall(boolean whether) {
        server.stall(whether);
    }

    /** The faults to inject. A refusal without a code is that of a gateway, with the message as its body. */
    public Faults faults() {
        return faults;
    }

    public List<Call> calls() {
        return calls.calls();
    }

    public void forgetCalls() {
        calls.forget();
    }

    @Override
    public void close() {
        closed = true;
        server.close();
    }

    /** Its address. */
    @Override
    public String toString() {
        return "EmulatedOsmoService[" + url() + "]";
    }
}
