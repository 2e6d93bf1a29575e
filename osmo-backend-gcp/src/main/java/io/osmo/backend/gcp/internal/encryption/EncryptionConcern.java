// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import com.google.cloud.kms.v1.CryptoKeyName;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.gcp.internal.services.EnabledServices;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The key of a backend, or the existing one that it uses. */
public final class EncryptionConcern implements Concern<GcpContext> {
    /** What is called of an existing key. */
    public static final Set<String> OF_EXISTING_KEY =
            Set.of("cloudkms.cryptoKeys.get", "cloudkms.cryptoKeys.getIamPolicy");

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return spec.flatMap(wanted -> wanted.encryption().existingKey()).isPresent()
                ? List.of()
                : List.of(EncryptionKey.NEEDS);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return spec.encryption().existingKey().stream()
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
        Optional<KeyAccess> existing = inventory.attachment(KeyAccess.class);
        return spec.encryption().existingKey().stream()
                .filter(key -> existing.flatMap(each -> each.key().found())
                        .filter(ObservedKey::usable)
                        .isEmpty())
                .map(key -> existing.flatMap(each -> each.key().refused())
                        .map(refused -> violation(
                                key + ", which could not be read: " + refused.getMessage(),
                                "a key that the credentials in use may read",
                                refused.remedy()))
                        .orElseGet(() -> violation(
                                key,
                                "a key that exists and is enabled",
                                "Enable its primary version, or correct the name.")))
                .toList();
    }

    /** The role may also come from the key ring, the project, or what is above it: so its lack in the key is no refusal. */
    @Override
    public List<String> warnings(GcpContext context, Optional<BackendSpec> spec, Inventory inventory) {
        return doubts(inventory);
    }

    /** What is not certain of a key that the spec names, a sentence each. */
    public static List<String> doubts(Inventory inventory) {
        Optional<KeyAccess> existing = inventory.attachment(KeyAccess.class);
        Optional<Project> project = inventory.attachment(Project.class);
        if (existing.isEmpty() || project.isEmpty()) {
            return List.of();
        }
        return existing.get()
                .users()
                .found()
                .map(users -> Stream.of(project.get().gkeAgent(), project.get().computeAgent())
                        .filter(agent -> !users.contains("serviceAccount:" + agent))
                        .map(agent -> "the key of encryption.existingKey does not name " + agent + " as "
                                + KeyReader.USER
                                + ": unless its key ring or project grants that role, no cluster or node"
                                + " can be made")
                        .toList())
                .orElse(List.of());
    }

    private static Violation violation(String given, String allowed, String remedy) {
        return Requirement.SC_1.violation("encryption.existingKey", given, allowed, remedy);
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(KeyReader.INSTANCE);
    }

    @Override
    public List<Resource<?>> wanted(GcpContext context, BackendSpec spec, Inventory inventory) {
        return spec.encryption().existingKey().isPresent()
                ? List.of()
                : List.of(new EncryptionKey(
                        context, EnabledServices.before(context), inventory.attachment(Project.class)));
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext context, ResourceId id, Object observed) {
        return id.equals(EncryptionKey.ID)
                ? Optional.of(new EncryptionKey(context, Set.of(), Optional.empty()))
                : Optional.empty();
    }

    /** Name of the key that everything is encrypted with. */
    public static String keyName(GcpContext context, BackendSpec spec) {
        return spec.encryption()
                .existingKey()
                .orElseGet(() -> EncryptionKey.name(context).toString());
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(GcpContext context) {
        return context.scheduler()
                .call(() -> KeyReader.versions(context).stream()
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
