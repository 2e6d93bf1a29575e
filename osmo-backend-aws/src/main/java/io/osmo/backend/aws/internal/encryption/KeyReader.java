// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/**
 * Reads the backend's key by alias and by tags, or the existing one that the spec names. Two round trips; three if tags lead to
 * keys that the alias does not point to.
 */
public final class KeyReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new KeyReader();

    private KeyReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        Needs key = Needs.reading(
                "kms:DescribeKey",
                "kms:GetKeyRotationStatus",
                "kms:GetKeyPolicy",
                "kms:ListResourceTags",
                "tag:GetResources");
        return spec.flatMap(wanted -> wanted.encryption().existingKey()).isPresent() ? key.read("kms:ListGrants") : key;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        boolean wanted = observation
                .spec()
                .filter(spec -> spec.encryption().existingKey().isEmpty())
                .isPresent();
        CompletableFuture<Reading> ours = describe(context, KeyAlias.name(context))
                .thenCompose(alias -> tagged(context, alias, wanted)
                        .thenCompose(arns -> keys(context, alias, arns, wanted))
                        .thenApply(keys -> ours(context, alias, keys)));
        return observation
                .spec()
                .flatMap(spec -> spec.encryption().existingKey())
                .map(id -> ours.thenApply(KeyReader::withoutKey).thenCombine(existing(context, id), Reading::and))
                .orElse(ours);
    }

    /** A key that the spec names but that does not exist must not be taken for the key that the backend has made, and be deleted. */
    private static Reading withoutKey(Reading ours) {
        Map<ResourceId, Observed<?>> others = new HashMap<>(ours.observed());
        others.remove(EncryptionKey.ID);
        return new Reading(others, ours.attachments());
    }

    private static CompletableFuture<Optional<KeyMetadata>> describe(AwsContext context, String key) {
        return context.scheduler().call(() -> EncryptionKey.describe(context, key));
    }

    /**
     * Keys without the alias: of a creation that was interrupted, or, when everything is deleted, whatever there is. Nothing to
     * look for when the alias exists and a backend is wanted.
     */
    private static CompletableFuture<List<String>> tagged(
            AwsContext context, Optional<KeyMetadata> alias, boolean wanted) {
        return wanted && alias.isPresent()
                ? CompletableFuture.completedFuture(List.of())
                : context.scheduler().call(() -> EncryptionKey.tagged(context));
    }

    private static CompletableFuture<List<ObservedKey>> keys(
            AwsContext context, Optional<KeyMetadata> alias, List<String> arns, boolean wanted) {
        Stream<CompletableFuture<Optional<KeyMetadata>>> others = arns.stream()
                .filter(arn -> alias.filter(key -> key.arn().equals(arn)).isEmpty())
                .map(arn -> describe(context, arn));
        Stream<CompletableFuture<Optional<KeyMetadata>>> existing =
                others.map(key -> key.thenApply(found -> found.filter(EncryptionKey::exists)));
        // A key that is wanted and scheduled for deletion is repaired; else it counts as gone.
        Optional<KeyMetadata> named = alias.filter(key -> wanted || EncryptionKey.exists(key));
        return Futures.all(Stream.concat(Stream.of(CompletableFuture.completedFuture(named)), existing)
                        .map(key -> key.thenCompose(found -> detailed(context, found)))
                        .toList())
                .thenApply(keys -> keys.stream().flatMap(Optional::stream).toList());
    }

    private static CompletableFuture<Optional<ObservedKey>> detailed(AwsContext context, Optional<KeyMetadata> found) {
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        KeyMetadata key = found.get();
        CompletableFuture<Boolean> rotation =
                context.scheduler().call(() -> EncryptionKey.rotation(context, key.keyId()));
        CompletableFuture<String> policy = context.scheduler().call(() -> EncryptionKey.policy(context, key.keyId()));
        CompletableFuture<Map<String, String>> tags =
                context.scheduler().call(() -> EncryptionKey.tags(context, key.keyId()));
        return CompletableFuture.allOf(rotation, policy, tags)
                .thenApply(done -> Optional.of(new ObservedKey(key, rotation.join(), policy.join(), tags.join())));
    }

    private static Reading ours(AwsContext context, Optional<KeyMetadata> alias, List<ObservedKey> keys) {
        Reading found = Reading.owned(keys, key -> context.ownership().idOf(key.tags()), EncryptionKey.AGE);
        if (alias.isEmpty()) {
            return found;
        }
        ObservedAlias named =
                new ObservedAlias(KeyAlias.name(context), alias.get().keyId());
        // An alias with the backend's name is foreign on a foreign key, but the backend's on a key that no longer
        // exists.
        boolean foreign = EncryptionKey.exists(alias.get())
                && keys.stream()
                        .filter(key -> key.id().equals(named.keyId()))
                        .noneMatch(key -> context.ownership().owns(key.tags()));
        return found.and(Reading.of(KeyAlias.ID, foreign ? Observed.foreign(named) : Observed.ours(named)))
                .and(lost(context, named.keyId(), keys));
    }

    /** The key that has the backend's alias, and has lost only the tag that says what it is: another key would take its place. */
    private static Reading lost(AwsContext context, String id, List<ObservedKey> keys) {
        return Reading.of(
                EncryptionKey.ID,
                keys.stream()
                        .filter(key -> key.id().equals(id)
                                && context.ownership().owns(key.tags())
                                && context.ownership().idOf(key.tags()).isEmpty())
                        .findFirst()
                        .map(Observed::foreign));
    }

    private static CompletableFuture<Reading> existing(AwsContext context, String id) {
        return describe(context, id)
                .thenCompose(key -> key.map(found -> access(context, id)
                                .thenApply(access -> Reading.of(
                                                EncryptionKey.ID,
                                                Observed.existing(new ObservedKey(found, null, null, Map.of())))
                                        .and(Reading.attachment(KeyAccess.class, access))))
                        .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty())));
    }

    /** The key may belong to another account, and then its policy cannot be read. */
    private static CompletableFuture<KeyAccess> access(AwsContext context, String id) {
        return context.scheduler()
                .call(() -> unlessDenied(() -> EncryptionKey.policy(context, id)))
                .thenCombine(context.scheduler().call(() -> unlessDenied(() -> grants(context, id))), KeyAccess::new);
    }

    private static List<GrantListEntry> grants(AwsContext context, String id) {
        return context.call(
                "kms:ListGrants",
                () -> context.kms().listGrantsPaginator(r -> r.keyId(id)).grants().stream()
                        .toList());
    }

    private static <T> Optional<T> unlessDenied(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (CloudException refused) {
            if (refused.error() == CloudError.NOT_AUTHORIZED) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
