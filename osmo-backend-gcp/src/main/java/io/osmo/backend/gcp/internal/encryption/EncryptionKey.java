// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyName;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.KeyRing;
import com.google.cloud.kms.v1.KeyRingName;
import com.google.cloud.kms.v1.LocationName;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpErrorTable;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The key that encrypts Secrets in etcd and the disks of nodes and volumes; the agents of GKE and of Compute Engine may use it (SC-1,
 * SC-2). Key rings and keys cannot be deleted: all backends of a region share one ring, and a key whose versions were destroyed gets
 * a new version when the backend is created again.
 */
public final class EncryptionKey extends GcpResource<ObservedKey> implements Resource<ObservedKey> {
    public static final ResourceId ID = ResourceId.of("kms-key", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("cloudkms.cryptoKeys.get", "cloudkms.cryptoKeys.getIamPolicy", "cloudkms.cryptoKeyVersions.list")
            .create("cloudkms.keyRings.create", "cloudkms.cryptoKeys.create")
            .update(
                    "cloudkms.cryptoKeyVersions.create",
                    "cloudkms.cryptoKeyVersions.restore",
                    "cloudkms.cryptoKeyVersions.update",
                    "cloudkms.cryptoKeys.update",
                    "cloudkms.cryptoKeys.setIamPolicy")
            .destroy("cloudkms.cryptoKeyVersions.destroy", "cloudkms.cryptoKeys.update");

    /** Name of the key ring in every region. */
    static final String RING = "osmo-backend";

    private static final String VERSIONS = "versions.";
    private static final long ROTATION_SECONDS = 90L * 24 * 60 * 60;

    private final Set<String> users;

    public EncryptionKey(GcpContext context, Set<ResourceId> after, Optional<Project> project) {
        super(
                context,
                ID,
                ObservedKey.class,
                after,
                seconds(2, 2, 2),
                "key " + name(context).getCryptoKey());
        this.users = project.map(p -> Set.of("serviceAccount:" + p.gkeAgent(), "serviceAccount:" + p.computeAgent()))
                .orElse(Set.of());
    }

    public static CryptoKeyName name(GcpContext context) {
        return CryptoKeyName.of(context.project(), context.region(), RING, context.objectName());
    }

    private String key() {
        return name(context).toString();
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.DATA;
    }

    /** What a destroyed version has encrypted is lost; with any other version, the key is repaired and never replaced. */
    @Override
    public Readiness readiness(ObservedKey observed) {
        return observed.isDestroyed()
                ? GcpErrorTable.table()
                        .failed(
                                GcpErrorTable.KEY_VERSION_DESTROYED,
                                GcpErrorTable.KEY_VERSION_DESTROYED,
                                observed.key().getPrimary().getName() + " is destroyed")
                : Readiness.ready();
    }

    @Override
    public Optional<String> irreplaceable(ObservedKey observed) {
        return Optional.of(
                "What it encrypted, Secrets in etcd and disks, cannot be read without it. Destroy the backend and apply"
                        + " again: the key then gets a new version.");
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public Optional<ObservedKey> read(State state) {
        return KeyReader.find(context, key())
                .map(found -> found.with(KeyReader.versions(context)))
                .filter(ObservedKey::exists);
    }

    @Override
    public ObservedKey create(State state) {
        CryptoKey key = context.find(
                        "cloudkms.cryptoKeys.get", () -> clients().keys().getCryptoKey(key()))
                .map(this::revive)
                .orElseGet(this::createKey);
        return new ObservedKey(key, Set.of(), List.of());
    }

    /**
     * Gives a version to a key that a deleted backend has left behind. The label says which version is its first, before that version
     * is used: the ones before stay scheduled for destruction.
     */
    private CryptoKey revive(CryptoKey left) {
        if (!context.ownership().owns(left.getLabelsMap())) {
            throw CloudException.builder(CloudError.ALREADY_EXISTS, "cloudkms.cryptoKeyVersions.create")
                    .code("NOT_OURS")
                    .message(left.getName() + " lacks our labels")
                    .remedy("Choose another name for the backend.")
                    .build();
        }
        CryptoKeyVersion version = KeyReader.versions(context).stream()
                .filter(v -> v.getState() == CryptoKeyVersionState.ENABLED)
                .findFirst()
                .orElseGet(() -> context.call(
                        "cloudkms.cryptoKeyVersions.create",
                        () -> clients().keys().createCryptoKeyVersion(key(), CryptoKeyVersion.getDefaultInstance())));
        String id = String.valueOf(ObservedKey.number(version));
        Map<String, String> labels = new TreeMap<>(left.getLabelsMap());
        labels.put(ObservedKey.FIRST_VERSION, id);
        change(CryptoKey.newBuilder().putAllLabels(labels), "labels");
        return context.call(
                "cloudkms.cryptoKeys.update", () -> clients().keys().updateCryptoKeyPrimaryVersion(key(), id));
    }

    private CryptoKey createKey() {
        KeyRingName ring = KeyRingName.of(context.project(), context.region(), RING);
        CryptoKey key = rotating(CryptoKey.newBuilder())
                .setPurpose(CryptoKey.CryptoKeyPurpose.ENCRYPT_DECRYPT)
                .putAllLabels(context.ownership().tags())
                .build();
        String operation = "cloudkms.cryptoKeys.create";
        Supplier<CryptoKey> create = () -> clients().keys().createCryptoKey(ring, context.objectName(), key);
        return context.find(operation, create).orElseGet(() -> {
            createRing();
            return context.call(operation, create);
        });
    }

    /** All backends of a project and region share it, so another one may create it at the same moment. */
    private void createRing() {
        LocationName region = LocationName.of(context.project(), context.region());
        try {
            context.call(
                    "cloudkms.keyRings.create",
                    () -> clients().keys().createKeyRing(region, RING, KeyRing.getDefaultInstance()));
        } catch (CloudException e) {
            if (e.error() != CloudError.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    private CryptoKey.Builder rotating(CryptoKey.Builder key) {
        return key.setRotationPeriod(Duration.newBuilder().setSeconds(ROTATION_SECONDS))
                .setNextRotationTime(Timestamp.newBuilder()
                        .setSeconds(context.scheduler().now().getEpochSecond() + ROTATION_SECONDS));
    }

    @Override
    public List<FieldChange> compare(ObservedKey observed, State state) {
        Differences differences = new Differences();
        observed.broken()
                .forEach(version -> differences.inPlace(
                        VERSIONS + ObservedKey.number(version), version.getState(), CryptoKeyVersionState.ENABLED));
        if (!observed.usable() && observed.broken().isEmpty()) {
            differences.inPlace("primary.state", observed.key().getPrimary().getState(), CryptoKeyVersionState.ENABLED);
        }
        users.stream()
                .filter(user -> !observed.users().contains(user))
                .sorted()
                .forEach(user -> differences.inPlace("users", "without " + user, user));
        if (!observed.key().hasRotationPeriod()) {
            differences.inPlace("rotationPeriod", "never", "90 days");
        }
        return differences
                .addAll(Ownership.compare(
                        "labels",
                        observed.key().getLabelsMap(),
                        context.ownership().tags()))
                .list();
    }

    @Override
    public void update(ObservedKey observed, List<FieldChange> changes, State state) {
        String field = changes.get(0).field();
        if (field.startsWith(VERSIONS)) {
            repair(observed.broken().get(0));
            return;
        }
        switch (field) {
            case "primary.state" -> revive(observed.key());
            case "users" -> grant();
            case "rotationPeriod" -> change(rotating(CryptoKey.newBuilder()), "rotation_period", "next_rotation_time");
            default -> {
                Map<String, String> labels = Ownership.merged(
                        observed.key().getLabelsMap(), context.ownership().tags());
                change(CryptoKey.newBuilder().putAllLabels(labels), "labels");
            }
        }
    }

    /** A version that is scheduled for destruction is disabled once it is restored. */
    private void repair(CryptoKeyVersion version) {
        if (version.getState() == CryptoKeyVersionState.DESTROY_SCHEDULED) {
            context.call(
                    "cloudkms.cryptoKeyVersions.restore",
                    () -> clients().keys().restoreCryptoKeyVersion(version.getName()));
            return;
        }
        CryptoKeyVersion enabled = CryptoKeyVersion.newBuilder()
                .setName(version.getName())
                .setState(CryptoKeyVersionState.ENABLED)
                .build();
        FieldMask mask = FieldMask.newBuilder().addPaths("state").build();
        context.call("cloudkms.cryptoKeyVersions.update", () -> clients().keys().updateCryptoKeyVersion(enabled, mask));
    }

    private void change(CryptoKey.Builder key, String... fields) {
        CryptoKey changed = key.setName(key()).build();
        FieldMask mask = FieldMask.newBuilder().addAllPaths(List.of(fields)).build();
        context.call("cloudkms.cryptoKeys.update", () -> clients().keys().updateCryptoKey(changed, mask));
    }

    /** The policy carries an etag: of two that change it at the same time, one has to start again. */
    private void grant() {
        Policy policy = KeyReader.policy(context, key());
        Set<String> members = new TreeSet<>(KeyReader.users(policy));
        members.addAll(users);
        Policy.Builder changed = policy.toBuilder()
                .clearBindings()
                .addAllBindings(policy.getBindingsList().stream()
                        .filter(b -> !b.getRole().equals(KeyReader.USER))
                        .toList())
                .addBindings(Binding.newBuilder().setRole(KeyReader.USER).addAllMembers(members));
        SetIamPolicyRequest request = SetIamPolicyRequest.newBuilder()
                .setResource(key())
                .setPolicy(changed)
                .build();
        context.call("cloudkms.cryptoKeys.setIamPolicy", () -> clients().keys().setIamPolicy(request));
    }

    /** Schedules all versions for destruction; the rotation is turned off first, as it would create new ones. */
    @Override
    public void delete(ObservedKey observed, State state) {
        if (observed.key().hasRotationPeriod()) {
            change(CryptoKey.newBuilder(), "rotation_period", "next_rotation_time");
        }
        for (CryptoKeyVersion version : KeyReader.versions(context)) {
            if (version.getState() == CryptoKeyVersionState.ENABLED
                    || version.getState() == CryptoKeyVersionState.DISABLED) {
                context.delete(
                        "cloudkms.cryptoKeyVersions.destroy",
                        () -> clients().keys().destroyCryptoKeyVersion(version.getName()));
            }
        }
    }
}
