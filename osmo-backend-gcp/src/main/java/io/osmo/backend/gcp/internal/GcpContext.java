// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.api.gax.rpc.ApiException;
import com.google.common.util.concurrent.ExecutionError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.SessionCache;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One backend in one region of Google Cloud, and the way to call Google Cloud about it. Safe for concurrent use. */
public final class GcpContext extends ProviderContext {
    /** Of an object in Compute Engine; other services allow as many characters, or more. */
    private static final int MAX_NAME = 63;

    private final GcpClients clients;
    private final GcpRest rest;
    private final GkeSettings settings;
    private final Ownership ownership;
    private final boolean existingKey;

    private GcpContext(
            BackendRef ref,
            GcpClients clients,
            GcpRest rest,
            GkeSettings settings,
            Scheduler scheduler,
            SessionCache cache,
            Map<String, String> labels,
            boolean existingKey) {
        super(ref, scheduler, cache);
        this.clients = clients;
        this.rest = rest;
        this.settings = settings;
        this.ownership = new Ownership(ref, labels);
        this.existingKey = existingKey;
    }

    public static GcpContext of(
            BackendRef ref,
            GcpClients clients,
            GcpRest rest,
            GkeSettings settings,
            Scheduler scheduler,
            SessionCache cache) {
        return new GcpContext(ref, clients, rest, settings, scheduler, cache, Map.of(), false);
    }

    /** The same backend with the settings of its spec and the labels that the spec adds to everything that is created. */
    public GcpContext with(BackendSpec spec) {
        return new GcpContext(
                spec.ref(),
                clients,
                rest,
                spec.settings().isEmpty() ? settings : GkeSettings.of(spec.settings()),
                scheduler(),
                cache(),
                Labels.of(spec.tags()),
                spec.encryption().existingKey().isPresent());
    }

    /**
     * Name of everything but the cluster itself and its pools. It holds the region, since networks and service accounts belong to the
     * whole project: a backend of the same name in another region has others.
     */
    public String objectName() {
        return Names.shortened("osmo-" + name() + "-" + region(), MAX_NAME);
    }

    @Override
    public Optional<String> account(Inventory inventory) {
        return Optional.of(project());
    }

    public String project() {
        return clients.project();
    }

    /** Path of a region or zone, such as {@code projects/p/locations/us-central1}. */
    public String path(String location) {
        return "projects/" + project() + "/locations/" + location;
    }

    public GcpClients clients() {
        return clients;
    }

    /** Services that are called by URL. */
    public GcpRest rest() {
        return rest;
    }

    public GkeSettings settings() {
        return settings;
    }

    /** Whether the spec names a key of others. */
    public boolean usesExistingKey() {
        return existingKey;
    }

    public Ownership ownership() {
        return ownership;
    }

    @Override
    public <T> T call(String operation, Supplier<T> call) {
        try {
            return super.call(operation, () -> clients.call(operation, call));
        } catch (ExecutionError e) {
            // gax wraps what is thrown below it; an Error is not an answer of the cloud.
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    @Override
    protected RuntimeException translate(String operation, RuntimeException failure) {
        if (failure instanceof ApiException answer) {
            return GcpErrors.translate(operation, answer, existingKey);
        }
        return failure instanceof RestFailure answer ? GcpErrors.translate(operation, answer, existingKey) : failure;
    }

    /** Where a service is not enabled, none of its objects can exist. */
    @Override
    protected boolean isAbsent(CloudException refused) {
        return super.isAbsent(refused) || refused.code().equals(GcpErrors.SERVICE_DISABLED);
    }
}
