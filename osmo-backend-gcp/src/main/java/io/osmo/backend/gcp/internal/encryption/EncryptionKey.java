// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import com.google.cloud.kms.v1.CreateCryptoKeyRequest;
import com.google.cloud.kms.v1.CreateKeyRingRequest;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyName;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.KeyRing;
import com.google.cloud.kms.v1.KeyRingName;
import com.google.cloud.kms.v1.LocationName;
import com.google.cloud.kms.v1.UpdateCryptoKeyPrimaryVersionRequest;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.Ownership;
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The key that encrypts Secrets in etcd and the disks of nodes and volumes, with the agents of GKE and of Compute Engine as
 * its users (SC-1, SC-2). Key rings and keys cannot be deleted: the ring is shared by all backends of a region, and a key
 * whose versions were destroyed gets a new one when the backend is made again.
 */
public final class EncryptionKey extends GcpResource<ObservedKey> {
    public static final ResourceId ID = ResourceId.of("kms-key", "main");

    /** Name of the key ring in every region. */
    static final String RING = "osmo-backend";

    private static final String USER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
    private static final long ROTATION_SECONDS = 90L * 24 * 60 * 60;

    private final Set<String> users;

    public EncryptionKey(GcpContext gcp, Set<ResourceId> after, Optional<Project> project) {
        super(
                gcp,
                ID,
                ObservedKey.class,
                after,
                seconds(2, 2, 2),
                "key " + name(gcp).getCryptoKey());
        this.users = project.map(p -> Set.of("serviceAccount:" + p.gkeAgent(), "serviceAccount:" + p.computeAgent()))
                .orElse(Set.of());
    }

    public static CryptoKeyName name(GcpContext gcp) {
        return CryptoKeyName.of(gcp.project(), gcp.region(), RING, gcp.objectName());
    }

    static Optional<ObservedKey> find(GcpContext gcp, String key) {
        Optional<CryptoKey> found =
                gcp.find("cloudkms.cryptoKeys.get", () -> gcp.clients().keys().getCryptoKey(key));
        return found.map(k -> new ObservedKey(k, users(policy(gcp, key))));
    }

    static Policy policy(GcpContext gcp, String key) {
        return gcp.call(
                "cloudkms.cryptoKeys.getIamPolicy",
                () -> gcp.clients()
                        .keys()
                        .getIamPolicy(GetIamPolicyRequest.newBuilder()
                                .setResource(key)
                                .build()));
    }

    private static Set<String> users(Policy policy) {
        Set<String> users = new HashSet<>();
        policy.getBindingsList().stream()
                .filter(binding -> binding.getRole().equals(USER))
                .forEach(binding -> users.addAll(binding.getMembersList()));
        return users;
    }

    private String key() {
        return name(gcp).toString();
    }

    @Override
    public Optional<ObservedKey> read(State state) {
        return find(gcp, key()).filter(ObservedKey::stands);
    }

    @Override
    public ObservedKey create(State state) {
        Optional<CryptoKey> left =
                gcp.find("cloudkms.cryptoKeys.get", () -> gcp.clients().keys().getCryptoKey(key()));
        if (left.isPresent()) {
            return new ObservedKey(revive(left.get()), Set.of());
        }
        return new ObservedKey(createKey(), Set.of());
    }

    /** Of a key that a deleted backend has left behind. */
    private CryptoKey revive(CryptoKey left) {
        if (!gcp.ownership().owns(left.getLabelsMap())) {
            throw new CloudException(
                    CloudError.ALREADY_EXISTS,
                    "cloudkms.cryptoKeyVersions.create",
                    "NOT_OURS",
                    left.getName() + " lacks our labels",
                    "Choose another name for the backend.",
                    null,
                    null);
        }
        CryptoKeyVersion version = versions(gcp).stream()
                .filter(v -> v.getState() == CryptoKeyVersionState.ENABLED)
                .findFirst()
                .orElseGet(() -> gcp.call(
                        "cloudkms.cryptoKeyVersions.create",
                        () -> gcp.clients()
                                .keys()
                                .createCryptoKeyVersion(key(), CryptoKeyVersion.getDefaultInstance())));
        String id = version.getName().substring(version.getName().lastIndexOf('/') + 1);
        return gcp.call(
                "cloudkms.cryptoKeys.update",
                () -> gcp.clients()
                        .keys()
                        .updateCryptoKeyPrimaryVersion(UpdateCryptoKeyPrimaryVersionRequest.newBuilder()
                                .setName(key())
                                .setCryptoKeyVersionId(id)
                                .build()));
    }

    private CryptoKey createKey() {
        CreateCryptoKeyRequest request = CreateCryptoKeyRequest.newBuilder()
                .setParent(KeyRingName.of(gcp.project(), gcp.region(), RING).toString())
                .setCryptoKeyId(gcp.objectName())
                .setCryptoKey(rotating(CryptoKey.newBuilder())
                        .setPurpose(CryptoKey.CryptoKeyPurpose.ENCRYPT_DECRYPT)
                        .putAllLabels(gcp.ownership().labels()))
                .build();
        try {
            return gcp.call(
                    "cloudkms.cryptoKeys.create", () -> gcp.clients().keys().createCryptoKey(request));
        } catch (CloudException e) {
            if (e.error() != CloudError.NOT_FOUND) {
                throw e;
            }
        }
        gcp.call(
                "cloudkms.keyRings.create",
                () -> gcp.clients()
                        .keys()
                        .createKeyRing(CreateKeyRingRequest.newBuilder()
                                .setParent(LocationName.of(gcp.project(), gcp.region())
                                        .toString())
                                .setKeyRingId(RING)
                                .setKeyRing(KeyRing.getDefaultInstance())
                                .build()));
        return gcp.call("cloudkms.cryptoKeys.create", () -> gcp.clients().keys().createCryptoKey(request));
    }

    private CryptoKey.Builder rotating(CryptoKey.Builder key) {
        return key.setRotationPeriod(Duration.newBuilder().setSeconds(ROTATION_SECONDS))
                .setNextRotationTime(
                        Timestamp.newBuilder().setSeconds(gcp.scheduler().now().getEpochSecond() + ROTATION_SECONDS));
    }

    @Override
    public List<FieldChange> compare(ObservedKey observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (!observed.usable()) {
            changes.add(FieldChange.inPlace(
                    "primary.state", observed.key().getPrimary().getState(), CryptoKeyVersionState.ENABLED));
        }
        users.stream()
                .filter(user -> !observed.users().contains(user))
                .sorted()
                .forEach(user -> changes.add(FieldChange.inPlace("users", "without " + user, user)));
        if (!observed.key().hasRotationPeriod()) {
            changes.add(FieldChange.inPlace("rotationPeriod", "never", "90 days"));
        }
        changes.addAll(
                Ownership.compare(observed.key().getLabelsMap(), gcp.ownership().labels()));
        return changes;
    }

    @Override
    public void update(ObservedKey observed, List<FieldChange> changes, State state) {
        switch (changes.get(0).field()) {
            case "primary.state" -> revive(observed.key());
            case "users" -> grant();
            case "rotationPeriod" -> change(rotating(CryptoKey.newBuilder()), "rotation_period", "next_rotation_time");
            default ->
                change(
                        CryptoKey.newBuilder()
                                .putAllLabels(Ownership.merged(
                                        observed.key().getLabelsMap(),
                                        gcp.ownership().labels())),
                        "labels");
        }
    }

    private void change(CryptoKey.Builder key, String... fields) {
        gcp.call(
                "cloudkms.cryptoKeys.update",
                () -> gcp.clients()
                        .keys()
                        .updateCryptoKey(
                                key.setName(key()).build(),
                                FieldMask.newBuilder()
                                        .addAllPaths(List.of(fields))
                                        .build()));
    }

    /** The policy carries an etag: somebody who changes it at the same time makes one of the two start again. */
    private void grant() {
        Policy policy = policy(gcp, key());
        Policy.Builder changed = policy.toBuilder()
                .clearBindings()
                .addAllBindings(policy.getBindingsList().stream()
                        .filter(b -> !b.getRole().equals(USER))
                        .toList());
        Set<String> members = users(policy);
        members.addAll(users);
        changed.addBindings(Binding.newBuilder()
                .setRole(USER)
                .addAllMembers(members.stream().sorted().toList()));
        gcp.call(
                "cloudkms.cryptoKeys.setIamPolicy",
                () -> gcp.clients()
                        .keys()
                        .setIamPolicy(SetIamPolicyRequest.newBuilder()
                                .setResource(key())
                                .setPolicy(changed)
                                .build()));
    }

    /** Schedules all versions for destruction; the rotation is switched off first, as it would make new ones. */
    @Override
    public void delete(ObservedKey observed, State state) {
        if (observed.key().hasRotationPeriod()) {
            change(CryptoKey.newBuilder(), "rotation_period", "next_rotation_time");
        }
        for (CryptoKeyVersion version : versions(gcp)) {
            if (version.getState() == CryptoKeyVersionState.ENABLED
                    || version.getState() == CryptoKeyVersionState.DISABLED) {
                gcp.delete(
                        "cloudkms.cryptoKeyVersions.destroy",
                        () -> gcp.clients().keys().destroyCryptoKeyVersion(version.getName()));
            }
        }
    }

    static List<CryptoKeyVersion> versions(GcpContext gcp) {
        return gcp.find("cloudkms.cryptoKeyVersions.list", () -> {
                    List<CryptoKeyVersion> all = new ArrayList<>();
                    gcp.clients()
                            .keys()
                            .listCryptoKeyVersions(name(gcp))
                            .iterateAll()
                            .forEach(all::add);
                    return all;
                })
                .orElse(List.of());
    }
}
