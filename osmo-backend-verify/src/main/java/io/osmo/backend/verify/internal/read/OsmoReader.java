// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import io.osmo.backend.service.GpuUsage;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.service.ServiceBackend;
import io.osmo.backend.service.ServiceNode;
import io.osmo.backend.service.ServicePool;
import io.osmo.backend.service.ServiceRole;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Asks the OSMO service about one backend. Changes nothing. */
public final class OsmoReader {
    /** An operator sends a heartbeat every 20 seconds. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    /** May do everything, which says nothing about users. */
    private static final String ADMINISTRATORS = "osmo-admin";

    private final OsmoServiceClient service;
    private final OsmoName name;
    private final Supplier<Fact<Secret>> operatorToken;

    /** @param operatorToken reads the token that the operator uses */
    public OsmoReader(OsmoServiceClient service, OsmoName name, Supplier<Fact<Secret>> operatorToken) {
        this.service = service;
        this.name = name;
        this.operatorToken = operatorToken;
    }

    /**
     * Waits for the next heartbeat, up to 30 seconds.
     *
     * @throws CancellationException when the calling thread was interrupted; its interrupt flag is set again
     */
    public OsmoFacts read() {
        Fact<String> version = ask(() -> service.version().release());
        // Each further call to what does not answer would take its whole deadline.
        return version instanceof Fact.Unknown<String> unread
                ? facts(
                        version,
                        Fact.unknown(unread.reason(), unread.remedy()),
                        Fact.unknown(unread.reason(), unread.remedy()))
                : facts(
                        version,
                        ask(() -> refusal(() -> service.logIn())),
                        operatorToken.get().flatMap(token -> ask(() -> refusal(() -> service.logIn(token)))));
    }

    /** Empty if the token is accepted. */
    private static Optional<String> refusal(Runnable logIn) {
        try {
            logIn.run();
            return Optional.empty();
        } catch (OsmoServiceException e) {
            if (e.error() == OsmoServiceError.LOGIN_REFUSED) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private OsmoFacts facts(Fact<String> version, Fact<Optional<String>> login, Fact<Optional<String>> operatorLogin) {
        Fact<Boolean> session = login.flatMap(refusal -> refusal.isPresent()
                ? Fact.unknown("the OSMO service refuses the token", "See the check operator.token-accepted.")
                : Fact.of(true));
        Fact<Optional<ServiceBackend>> backend = session.flatMap(open -> ask(() -> service.backend(name.backend())));
        return new OsmoFacts(
                service.url().toString(),
                name.backend(),
                name.pool(),
                name.release(),
                version,
                login,
                operatorLogin,
                backend.map(found -> found.map(OsmoReader::registration)),
                backend.flatMap(found -> ask(() -> advances(found))),
                session.flatMap(open -> ask(this::pools)));
    }

    private static OsmoFacts.Registration registration(ServiceBackend backend) {
        return new OsmoFacts.Registration(
                backend.version().orElse(""),
                backend.clusterUid().orElse(""),
                backend.namespace().orElse(""),
                backend.routerAddress().orElse(""),
                backend.lastHeartbeat());
    }

    private boolean advances(Optional<ServiceBackend> backend) {
        Optional<Instant> last = backend.filter(ServiceBackend::bound).flatMap(ServiceBackend::lastHeartbeat);
        return last.isPresent()
                && service.heartbeatAfter(name.backend(), last.get(), HEARTBEAT).isPresent();
    }

    private List<OsmoFacts.Pool> pools() {
        List<ServicePool> pools = service.pools().stream()
                .filter(pool -> pool.backend().equals(name.backend())
                        || name.pool().filter(pool.name()::equals).isPresent())
                .toList();
        Fact<List<GpuUsage>> gpus = ask(service::gpus);
        Fact<List<ServiceRole>> roles = ask(service::roles);
        return pools.stream().map(pool -> pool(pool, gpus, roles)).toList();
    }

    private OsmoFacts.Pool pool(ServicePool pool, Fact<List<GpuUsage>> gpus, Fact<List<ServiceRole>> roles) {
        return new OsmoFacts.Pool(
                pool.name(),
                pool.status(),
                pool.backend(),
                pool.defaultPlatform().orElse(""),
                pool.platforms(),
                gpus.flatMap(all -> all.stream()
                        .filter(usage -> usage.pool().equals(pool.name()))
                        .map(usage -> Fact.of(usage.capacity()))
                        .findFirst()
                        .orElseGet(() -> Fact.unknown("the OSMO service counts no GPUs for " + pool))),
                ask(() -> service.nodes(pool.name()).stream()
                        .map(ServiceNode::hostname)
                        .toList()),
                roles.map(all -> all.stream()
                        .filter(role -> !role.name().equals(ADMINISTRATORS) && role.maySubmitTo(pool.name()))
                        .map(ServiceRole::name)
                        .toList()));
    }

    private static <T> Fact<T> ask(Supplier<T> question) {
        try {
            return Fact.of(question.get());
        } catch (OperationCancelledException e) {
            throw new CancellationException(e.getMessage());
        } catch (OsmoBackendException e) {
            return Fact.unknown(String.valueOf(e.getMessage()), e.remedy());
        }
    }
}
