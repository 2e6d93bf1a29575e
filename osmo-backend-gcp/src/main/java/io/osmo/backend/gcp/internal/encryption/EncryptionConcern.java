// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import com.google.cloud.kms.v1.CryptoKeyName;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.Concern;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.gcp.internal.services.EnabledServices;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The key of a backend, or the existing one that it uses. */
public final class EncryptionConcern implements Concern {
    @Override
    public List<Violation> validate(BackendSpec spec) {
        return spec.encryption().existingKeyId().stream()
                .filter(key -> !CryptoKeyName.isParsableFrom(key)
                        || !CryptoKeyName.parse(key).getLocation().equals(spec.region()))
                .map(key -> violation(
                        key,
                        "a key in " + spec.region() + ", such as projects/p/locations/" + spec.region()
                                + "/keyRings/r/cryptoKeys/k",
                        "Name the key by its full resource name; disks and clusters take keys of their region only."))
                .toList();
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return spec.encryption().existingKeyId().stream()
                .filter(key -> inventory
                        .find(EncryptionKey.ID, ObservedKey.class)
                        .filter(ObservedKey::usable)
                        .isEmpty())
                .map(key -> violation(
                        key, "a key that exists and is enabled", "Enable its primary version, or correct the name."))
                .toList();
    }

    private static Violation violation(String given, String allowed, String remedy) {
        return new Violation("encryption.existingKey", Optional.of(Requirement.SC_1.id()), given, allowed, remedy);
    }

    @Override
    public List<Reader> readers() {
        return List.of(EncryptionConcern::read);
    }

    private static CompletableFuture<Reading> read(GcpContext gcp, Optional<BackendSpec> spec) {
        Optional<String> existing = spec.flatMap(s -> s.encryption().existingKeyId());
        String key = existing.orElseGet(() -> EncryptionKey.name(gcp).toString());
        return gcp.scheduler()
                .call(() -> EncryptionKey.find(gcp, key))
                .thenApply(found -> found.filter(k -> existing.isPresent() || k.stands())
                        .map(k -> Reading.of(
                                EncryptionKey.ID,
                                existing.isPresent()
                                        ? Observed.existing(k)
                                        : gcp.ownership().of(k, k.key().getLabelsMap())))
                        .orElseGet(Reading::empty));
    }

    @Override
    public List<Resource<?>> wanted(GcpContext gcp, BackendSpec spec, Inventory inventory) {
        return spec.encryption().existingKeyId().isPresent()
                ? List.of()
                : List.of(new EncryptionKey(gcp, EnabledServices.before(gcp), inventory.attachment(Project.class)));
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext gcp, ResourceId id, Object observed) {
        return id.equals(EncryptionKey.ID)
                ? Optional.of(new EncryptionKey(gcp, Set.of(), Optional.empty()))
                : Optional.empty();
    }

    /** Name of the key that everything is encrypted with. */
    public static String keyName(GcpContext gcp, BackendSpec spec) {
        return spec.encryption()
                .existingKeyId()
                .orElseGet(() -> EncryptionKey.name(gcp).toString());
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(GcpContext gcp) {
        return gcp.scheduler()
                .call(() -> EncryptionKey.versions(gcp).stream()
                        .filter(version -> version.getState() == CryptoKeyVersionState.DESTROY_SCHEDULED)
                        .map(version -> new Leftover(
                                "kms-key-version",
                                version.getName(),
                                "scheduled for destruction on "
                                        + Instant.ofEpochSecond(
                                                version.getDestroyTime().getSeconds()),
                                false))
                        .toList());
    }
}
