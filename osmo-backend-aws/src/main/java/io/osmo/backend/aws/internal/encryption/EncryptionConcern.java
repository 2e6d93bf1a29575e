// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Concern;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** Encryption at rest. */
public final class EncryptionConcern implements Concern {
    private static final String PATH = "encryption.existingKey";
    private static final Pattern KEY = Pattern.compile("arn:aws[a-z-]*:kms:([a-z0-9-]+):\\d{12}:key/[A-Za-z0-9-]+");

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return spec
                .encryption()
                .existingKeyId()
                .filter(id -> {
                    var matcher = KEY.matcher(id);
                    return !matcher.matches() || !matcher.group(1).equals(spec.region());
                })
                .map(id -> violation(
                        id,
                        "the ARN of a KMS key in " + spec.region(),
                        "Give the key's ARN, not an alias: EKS cannot change the key of a cluster later."))
                .stream()
                .toList();
    }

    private static Violation violation(String given, String allowed, String remedy) {
        return new Violation(PATH, Optional.of("SC-1"), given, allowed, remedy);
    }

    @Override
    public List<Reader> readers() {
        return List.of(new KeyReader());
    }

    /** EKS and EBS take symmetric keys for encryption that are enabled. */
    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        Optional<String> existing = spec.encryption().existingKeyId();
        if (existing.isEmpty()) {
            return List.of();
        }
        Optional<KeyMetadata> key =
                inventory.find(EncryptionKey.ID, ObservedKey.class).map(ObservedKey::key);
        if (key.isEmpty()) {
            return List.of(
                    violation(existing.get(), "a key that exists", "Check the ARN, the region and the account."));
        }
        if (key.get().keyState() != KeyState.ENABLED
                || key.get().keyUsage() != KeyUsageType.ENCRYPT_DECRYPT
                || (key.get().keySpec() != null && key.get().keySpec() != KeySpec.SYMMETRIC_DEFAULT)) {
            return List.of(violation(
                    existing.get() + ", " + key.get().keyStateAsString() + ", "
                            + key.get().keyUsageAsString() + ", " + key.get().keySpecAsString(),
                    "an enabled symmetric key for encryption",
                    "Enable the key or name another one."));
        }
        return List.of();
    }

    @Override
    public List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        if (spec.encryption().existingKeyId().isPresent()) {
            return List.of();
        }
        return List.of(new EncryptionKey(aws, inventory.attachment(Caller.class).orElseThrow()), new KeyAlias(aws));
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext aws, ResourceId id, Object observed) {
        return Optional.ofNullable(
                switch (id.kind()) {
                    case "kms-key" -> EncryptionKey.owned(aws, id, (ObservedKey) observed);
                    case "kms-alias" -> new KeyAlias(aws);
                    default -> null;
                });
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(AwsContext aws) {
        return aws.scheduler()
                .call(() -> EncryptionKey.tagged(aws).stream()
                        .flatMap(mapping -> EncryptionKey.describe(aws, mapping.resourceARN()).stream())
                        .filter(key -> !EncryptionKey.stands(key))
                        .map(key -> new Leftover(
                                EncryptionKey.ID.kind(),
                                key.keyId(),
                                "scheduled for deletion on " + key.deletionDate(),
                                false))
                        .toList());
    }
}
