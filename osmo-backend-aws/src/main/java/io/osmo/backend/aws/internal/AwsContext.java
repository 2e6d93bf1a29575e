// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** One backend in one region, and the way to call AWS about it. Safe for concurrent use. */
public final class AwsContext {
    private final BackendRef ref;
    private final AwsClients clients;
    private final EksSettings settings;
    private final Scheduler scheduler;
    private final Tags tags;
    private final Remembered offers;

    private AwsContext(
            BackendRef ref,
            AwsClients clients,
            EksSettings settings,
            Scheduler scheduler,
            Tags tags,
            Remembered offers) {
        this.ref = ref;
        this.clients = clients;
        this.settings = settings;
        this.scheduler = scheduler;
        this.tags = tags;
        this.offers = offers;
    }

    public static AwsContext of(BackendRef ref, AwsClients clients, EksSettings settings, Scheduler scheduler) {
        return new AwsContext(
                ref, clients, settings, scheduler, new Tags(ref.name(), Map.of()), new Remembered(scheduler));
    }

    /** The same with the tags that the spec adds to everything that is created. */
    public AwsContext with(BackendSpec spec) {
        return new AwsContext(ref, clients, settings, scheduler, new Tags(ref.name(), spec.tags()), offers);
    }

    /** The same with what its session knows of AWS' offers. */
    public AwsContext with(Remembered known) {
        return new AwsContext(ref, clients, settings, scheduler, tags, known);
    }

    public BackendRef ref() {
        return ref;
    }

    /** Name of the backend and of its cluster. */
    public String name() {
        return ref.name();
    }

    public String region() {
        return ref.region();
    }

    public AwsClients clients() {
        return clients;
    }

    public EksSettings settings() {
        return settings;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Tags tags() {
        return tags;
    }

    /** What AWS offers, as far as it was read lately. */
    public Remembered offers() {
        return offers;
    }

    /**
     * Client token of a create call: the same for the same resource and the same wish, so that a retry of a call whose
     * answer was lost creates nothing twice.
     *
     * @param wish what is asked for; a token must not come back with other parameters
     */
    public String token(ResourceId id, Object... wish) {
        StringBuilder seed = new StringBuilder(ref.toString()).append('\n').append(id);
        for (Object part : wish) {
            seed.append('\n').append(part);
        }
        return UUID.nameUUIDFromBytes(seed.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * Makes one call, blocking.
     *
     * @param operation in the spelling of IAM, such as {@code eks:CreateCluster}
     * @throws CloudException when AWS refuses or fails it
     */
    public <T> T call(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsErrors.translate(operation, e);
        }
    }

    /** Makes one reading call for which "no such thing" is an answer. */
    public <T> Optional<T> find(String operation, Supplier<T> call) {
        try {
            return Optional.of(call(operation, call));
        } catch (CloudException e) {
            if (e.error() == CloudError.NOT_FOUND) {
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
