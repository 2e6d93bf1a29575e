// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.api.gax.rpc.ApiException;
import com.google.common.util.concurrent.ExecutionError;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One backend in one region, and the way to call Google Cloud about it. Safe for concurrent use. */
public final class GcpContext {
    private final BackendRef ref;
    private final GcpClients clients;
    private final GkeSettings settings;
    private final Scheduler scheduler;
    private final SessionCache cache;
    private final Ownership ownership;

    private GcpContext(
            BackendRef ref,
            GcpClients clients,
            GkeSettings settings,
            Scheduler scheduler,
            SessionCache cache,
            Ownership ownership) {
        this.ref = ref;
        this.clients = clients;
        this.settings = settings;
        this.scheduler = scheduler;
        this.cache = cache;
        this.ownership = ownership;
    }

    public static GcpContext of(
            BackendRef ref, GcpClients clients, GkeSettings settings, Scheduler scheduler, SessionCache cache) {
        return new GcpContext(ref, clients, settings, scheduler, cache, new Ownership(ref.name(), Map.of()));
    }

    /** The same with the labels that the spec adds to everything that is created, and with its settings. */
    public GcpContext with(BackendSpec spec) {
        return new GcpContext(
                ref,
                clients,
                spec.settings().isEmpty() ? settings : GkeSettings.of(spec.settings()),
                scheduler,
                cache,
                new Ownership(ref.name(), spec.tags()));
    }

    public BackendRef ref() {
        return ref;
    }

    /** Name of the backend and of its cluster. */
    public String name() {
        return ref.name();
    }

    /** Name of what is not the cluster itself, such as its network. */
    public String objectName() {
        return "osmo-" + ref.name();
    }

    public String region() {
        return ref.region();
    }

    public String project() {
        return clients.project();
    }

    public GcpClients clients() {
        return clients;
    }

    public GkeSettings settings() {
        return settings;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public SessionCache cache() {
        return cache;
    }

    public Ownership ownership() {
        return ownership;
    }

    /**
     * Makes one call, blocking.
     *
     * @param operation the permission that it needs, such as {@code container.clusters.create}
     * @throws CloudException when Google Cloud refuses or fails it
     */
    public <T> T call(String operation, Supplier<T> call) {
        try {
            return clients.call(operation, call);
        } catch (ApiException e) {
            throw GcpErrors.translate(operation, e);
        } catch (RestFailure e) {
            throw GcpErrors.translate(operation, e);
        } catch (ExecutionError e) {
            // gax wraps what is thrown below it; an Error is not an answer of the cloud.
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** Makes one reading call for which "no such thing" is an answer; where a service is off, nothing of it can exist. */
    public <T> Optional<T> find(String operation, Supplier<T> call) {
        try {
            return Optional.of(call(operation, call));
        } catch (CloudException e) {
            if (e.error() == CloudError.NOT_FOUND || e.code().equals(GcpErrors.SERVICE_DISABLED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes one deleting call; what is gone already is as good as deleted. */
    public void delete(String operation, Supplier<?> call) {
        find(operation, call);
    }

    /** Makes one reading call, or a paged one, on the scheduler's pool. */
    public <T> CompletableFuture<T> async(String operation, Supplier<T> call) {
        return scheduler.call(() -> call(operation, call));
    }

    /** As {@link #async}, for what may not exist. */
    public <T> CompletableFuture<Optional<T>> findAsync(String operation, Supplier<T> call) {
        return scheduler.call(() -> find(operation, call));
    }
}
