// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;

/**
 * Reads our key by alias and by tags, or the existing one that the spec names. Two round trips; three when keys are found by
 * tags that the alias does not lead to.
 */
public final class KeyReader implements Reader {
    @Override
    public CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec) {
        CompletableFuture<Optional<KeyMetadata>> aliased =
                aws.scheduler().call(() -> EncryptionKey.describe(aws, KeyAlias.name(aws)));
        CompletableFuture<Reading> ours = aliased.thenCompose(alias -> tagged(aws, alias, spec)
                .thenCompose(mappings -> keys(aws, alias, mappings))
                .thenApply(keys -> ours(aws, alias, keys)));
        return spec.flatMap(s -> s.encryption().existingKeyId())
                .map(id -> ours.thenCombine(existing(aws, id), Reading::and))
                .orElse(ours);
    }

    /**
     * Keys without the alias: of a creation that was cut off, or, when all is deleted, whatever there is. Where the alias
     * stands and something is wanted, there is nothing to look for.
     */
    private static CompletableFuture<List<ResourceTagMapping>> tagged(
            AwsContext aws, Optional<KeyMetadata> alias, Optional<BackendSpec> spec) {
        return spec.isPresent() && alias.filter(EncryptionKey::stands).isPresent()
                ? CompletableFuture.completedFuture(List.of())
                : aws.scheduler().call(() -> EncryptionKey.tagged(aws));
    }

    private static CompletableFuture<List<ObservedKey>> keys(
            AwsContext aws, Optional<KeyMetadata> alias, List<ResourceTagMapping> mappings) {
        Stream<CompletableFuture<Optional<ObservedKey>>> named =
                alias.filter(EncryptionKey::stands).stream().map(key -> detailed(aws, key));
        Stream<CompletableFuture<Optional<ObservedKey>>> others = mappings.stream()
                .map(ResourceTagMapping::resourceARN)
                .filter(arn -> alias.filter(key -> key.arn().equals(arn)).isEmpty())
                .map(arn -> aws.scheduler()
                        .call(() -> EncryptionKey.describe(aws, arn).filter(EncryptionKey::stands))
                        .thenCompose(key -> key.map(k -> detailed(aws, k))
                                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))));
        return Reading.sequence(Stream.concat(named, others).toList())
                .thenApply(keys -> keys.stream().flatMap(Optional::stream).toList());
    }

    private static CompletableFuture<Optional<ObservedKey>> detailed(AwsContext aws, KeyMetadata key) {
        CompletableFuture<Boolean> rotation = aws.scheduler().call(() -> EncryptionKey.rotation(aws, key.keyId()));
        CompletableFuture<String> policy = aws.scheduler().call(() -> EncryptionKey.policy(aws, key.keyId()));
        CompletableFuture<Map<String, String>> tags = aws.scheduler().call(() -> EncryptionKey.tags(aws, key.keyId()));
        return CompletableFuture.allOf(rotation, policy, tags)
                .thenApply(done -> Optional.of(new ObservedKey(key, rotation.join(), policy.join(), tags.join())));
    }

    private static Reading ours(AwsContext aws, Optional<KeyMetadata> alias, List<ObservedKey> keys) {
        Reading found = Tags.sorted(aws, keys, ObservedKey::tags, EncryptionKey.AGE);
        if (alias.isEmpty()) {
            return found;
        }
        ObservedAlias named = new ObservedAlias(KeyAlias.name(aws), alias.get().keyId());
        // An alias of our name on somebody else's key is somebody else's; one that was left on a dead key is not.
        boolean foreign = EncryptionKey.stands(alias.get())
                && keys.stream()
                        .filter(k -> k.id().equals(named.keyId()))
                        .noneMatch(k -> aws.tags().owns(k.tags()));
        return found.and(Reading.of(KeyAlias.ID, foreign ? Observed.foreign(named) : Observed.ours(named)));
    }

    private static CompletableFuture<Reading> existing(AwsContext aws, String id) {
        return aws.scheduler()
                .call(() -> EncryptionKey.describe(aws, id))
                .thenApply(key -> key.map(k -> Reading.of(
                                EncryptionKey.ID, Observed.existing(new ObservedKey(k, null, null, Map.of()))))
                        .orElseGet(Reading::empty));
    }
}
