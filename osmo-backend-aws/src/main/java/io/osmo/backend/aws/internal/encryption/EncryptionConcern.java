// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** Encryption at rest. */
public final class EncryptionConcern implements Concern<AwsContext> {
    private static final String PATH = "encryption.existingKey";
    private static final Pattern KEY = Pattern.compile("arn:aws[a-z-]*:kms:([a-z0-9-]+):\\d{12}:key/[A-Za-z0-9-]+");

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return spec.flatMap(wanted -> wanted.encryption().existingKey()).isPresent()
                ? List.of()
                : List.of(EncryptionKey.NEEDS, KeyAlias.NEEDS);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return spec
                .encryption()
                .existingKey()
                .filter(id -> {
                    Matcher matcher = KEY.matcher(id);
                    return !matcher.matches() || !matcher.group(1).equals(spec.region());
                })
                .map(id -> Requirement.SC_1.violation(
                        PATH,
                        id,
                        "the ARN of a KMS key in " + spec.region(),
                        KEY.matcher(id).matches()
                                ? "A cluster and its disks take keys of their own region only; name such a key."
                                : "Give the key's ARN, not an alias: EKS cannot change the key of a cluster later."))
                .stream()
                .toList();
    }

    @Override
    public List<Reader<AwsContext>> readers() {
        return List.of(KeyReader.INSTANCE);
    }

    /** EKS and EBS take symmetric keys for encryption that are enabled, and that EC2 Auto Scaling may use. */
    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return spec
                .encryption()
                .existingKey()
                .flatMap(id -> inventory
                        .find(EncryptionKey.ID, ObservedKey.class)
                        .map(found -> checkExisting(id, found.key()).or(() -> checkAccess(spec, id, inventory)))
                        .orElseGet(() -> Optional.of(Requirement.SC_1.violation(
                                PATH, id, "a key that exists", "Check the ARN, the region and the account."))))
                .stream()
                .toList();
    }

    private static Optional<Violation> checkAccess(BackendSpec spec, String id, Inventory inventory) {
        return missing(spec, inventory)
                .filter(missing -> !missing.certain().isEmpty())
                .map(missing -> Requirement.SC_1.violation(
                        PATH,
                        id + ", which does not let EC2 Auto Scaling call " + String.join(", ", missing.certain()),
                        "a key that EC2 Auto Scaling may use by the key's policy or a grant; without it no node starts",
                        grant(spec, id, inventory)));
    }

    private static Optional<KeyAccess.Missing> missing(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(KeyAccess.class)
                .flatMap(access -> inventory
                        .attachment(Caller.class)
                        .map(caller -> access.missing(caller.autoScalingRole(), spec.region())));
    }

    private static String grant(BackendSpec spec, String id, Inventory inventory) {
        return "Run: aws kms create-grant --region " + spec.region() + " --key-id " + id + " --grantee-principal "
                + Caller.of(inventory).autoScalingRole() + " --operations "
                + String.join(" ", KeyAccess.OPERATIONS);
    }

    @Override
    public List<String> warnings(AwsContext context, Optional<BackendSpec> spec, Inventory inventory) {
        return spec
                .flatMap(wanted -> missing(wanted, inventory)
                        .filter(missing -> !missing.unsure().isEmpty())
                        .flatMap(missing -> wanted.encryption()
                                .existingKey()
                                .map(id -> "Whether EC2 Auto Scaling may use key " + id + " is unknown ("
                                        + String.join(", ", missing.unsure())
                                        + "): its policy or grants could not be read, or have conditions. If no node starts, "
                                        + "grant it. " + grant(wanted, id, inventory))))
                .stream()
                .toList();
    }

    /** Whether it is known that EC2 Auto Scaling may use the existing key. */
    public static boolean isUsable(BackendSpec spec, Inventory inventory) {
        return missing(spec, inventory)
                .filter(missing ->
                        missing.certain().isEmpty() && missing.unsure().isEmpty())
                .isPresent();
    }

    private static Optional<Violation> checkExisting(String id, KeyMetadata key) {
        boolean good = key.keyState() == KeyState.ENABLED
                && key.keyUsage() == KeyUsageType.ENCRYPT_DECRYPT
                && (key.keySpec() == null || key.keySpec() == KeySpec.SYMMETRIC_DEFAULT);
        return good
                ? Optional.empty()
                : Optional.of(Requirement.SC_1.violation(
                        PATH,
                        id + ", " + key.keyStateAsString() + ", " + key.keyUsageAsString() + ", "
                                + key.keySpecAsString(),
                        "an enabled symmetric key for encryption",
                        "Enable the key or name another one."));
    }

    @Override
    public List<Resource<?>> wanted(AwsContext context, BackendSpec spec, Inventory inventory) {
        return spec.encryption().existingKey().isPresent()
                ? List.of()
                : List.of(new EncryptionKey(context, Caller.of(inventory)), new KeyAlias(context));
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext context, ResourceId id, Object observed) {
        return Optional.ofNullable(
                switch (id.kind()) {
                    case "kms-key" -> EncryptionKey.owned(context, id, (ObservedKey) observed);
                    case "kms-alias" -> new KeyAlias(context);
                    default -> null;
                });
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(AwsContext context) {
        return context.scheduler()
                .call(() -> EncryptionKey.tagged(context).stream()
                        .flatMap(arn -> EncryptionKey.describe(context, arn).stream())
                        .filter(key -> !EncryptionKey.exists(key))
                        .map(key -> new Leftover(
                                EncryptionKey.ID.kind(),
                                key.keyId(),
                                "scheduled for deletion on " + key.deletionDate(),
                                false))
                        .toList());
    }
}
