// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.ClassPathException;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One backend in one region, and the way to call its cloud about it. A provider adds its clients and settings. Immutable; safe
 * for concurrent use.
 */
public abstract class ProviderContext {
    private final BackendRef ref;
    private final Scheduler scheduler;
    private final SessionCache cache;

    protected ProviderContext(BackendRef ref, Scheduler scheduler, SessionCache cache) {
        this.ref = ref;
        this.scheduler = scheduler;
        this.cache = cache;
    }

    public final BackendRef ref() {
        return ref;
    }

    /** Name of the backend and of its cluster. */
    public final String name() {
        return ref.name();
    }

    public final String region() {
        return ref.region();
    }

    public final Scheduler scheduler() {
        return scheduler;
    }

    /** Offers of the cloud that the session has read within the last hour. */
    public final SessionCache cache() {
        return cache;
    }

    /**
     * The account that an inventory was read from: AWS account, Google Cloud project or Azure subscription; without a cloud, what
     * identifies the cluster.
     *
     * @return empty if it could not be read
     */
    public abstract Optional<String> account(Inventory inventory);

    /**
     * Translates the failure of a call to an exception of this library.
     *
     * @param operation the call in the cloud's own spelling
     * @return the failure itself if it is not one of the cloud
     */
    protected abstract RuntimeException translate(String operation, RuntimeException failure);

    /** Whether a refused read means that the object does not exist. */
    protected boolean isAbsent(CloudException refused) {
        return refused.error() == CloudError.NOT_FOUND;
    }

    /**
     * Makes one blocking call.
     *
     * @param operation in the cloud's own spelling, such as {@code eks:CreateCluster} or {@code container.clusters.create}
     * @throws CloudException if the cloud refuses the call or the call fails
     * @throws ClassPathException if a class or method of the vendor's SDK is missing
     */
    public <T> T call(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            throw translate(operation, failure);
        } catch (LinkageError mixed) {
            throw ClassPathException.of(mixed);
        }
    }

    /** Makes one blocking read; empty if the object does not exist. */
    public final <T> Optional<T> find(String operation, Supplier<T> call) {
        try {
            return Optional.of(call(operation, call));
        } catch (CloudException refused) {
            if (isAbsent(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Makes one blocking call that deletes an object; already deleted counts as success. */
    public final void delete(String operation, Supplier<?> call) {
        find(operation, call);
    }

    /** Makes one read, which may have several pages, on a thread of the scheduler. */
    public final <T> CompletableFuture<T> async(String operation, Supplier<T> call) {
        return scheduler.call(() -> call(operation, call));
    }

    /** Like {@link #async}; empty if the object does not exist. */
    public final <T> CompletableFuture<Optional<T>> findAsync(String operation, Supplier<T> call) {
        return scheduler.call(() -> find(operation, call));
    }
}
