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
import io.osmo.backend.gcp.internal.Project;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Ownership;
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
public final class EncryptionKey extends GcpResource<ObservedKey> implements Resource<ObservedKey> {
    public static final ResourceId ID = ResourceId.of("kms-key", "main");

    /** Name of the key ring in every region. */
    static final String RING = "osmo-backend";

    private static final String USER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
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

    static Optional<ObservedKey> find(GcpContext context, String key) {
        Optional<CryptoKey> found = context.find(
                "cloudkms.cryptoKeys.get", () -> context.clients().keys().getCryptoKey(key));
        return found.map(k -> new ObservedKey(k, users(policy(context, key))));
    }

    static Policy policy(GcpContext context, String key) {
        return context.call(
                "cloudkms.cryptoKeys.getIamPolicy",
                () -> context.clients()
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
        return name(context).toString();
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public Optional<ObservedKey> read(State state) {
        return find(context, key()).filter(ObservedKey::exists);
    }

    @Override
    public ObservedKey create(State state) {
        Optional<CryptoKey> left = context.find(
                "cloudkms.cryptoKeys.get", () -> context.clients().keys().getCryptoKey(key()));
        if (left.isPresent()) {
            return new ObservedKey(revive(left.get()), Set.of());
        }
        return new ObservedKey(createKey(), Set.of());
    }

    /** Of a key that a deleted backend has left behind. */
    private CryptoKey revive(CryptoKey left) {
        if (!context.ownership().owns(left.getLabelsMap())) {
            throw CloudException.of(CloudError.ALREADY_EXISTS, "cloudkms.cryptoKeyVersions.create")
                    .code("NOT_OURS")
                    .message(left.getName() + " lacks our labels")
                    .remedy("Choose another name for the backend.")
                    .build();
        }
        CryptoKeyVersion version = versions(context).stream()
                .filter(v -> v.getState() == CryptoKeyVersionState.ENABLED)
                .findFirst()
                .orElseGet(() -> context.call(
                        "cloudkms.cryptoKeyVersions.create",
                        () -> context.clients()
                                .keys()
                                .createCryptoKeyVersion(key(), CryptoKeyVersion.getDefaultInstance())));
        String id = version.getName().substring(version.getName().lastIndexOf('/') + 1);
        return context.call(
                "cloudkms.cryptoKeys.update",
                () -> context.clients()
                        .keys()
                        .updateCryptoKeyPrimaryVersion(UpdateCryptoKeyPrimaryVersionRequest.newBuilder()
                                .setName(key())
                                .setCryptoKeyVersionId(id)
                                .build()));
    }

    private CryptoKey createKey() {
        CreateCryptoKeyRequest request = CreateCryptoKeyRequest.newBuilder()
                .setParent(KeyRingName.of(context.project(), context.region(), RING)
                        .toString())
                .setCryptoKeyId(context.objectName())
                .setCryptoKey(rotating(CryptoKey.newBuilder())
                        .setPurpose(CryptoKey.CryptoKeyPurpose.ENCRYPT_DECRYPT)
                        .putAllLabels(context.ownership().tags()))
                .build();
        try {
            return context.call(
                    "cloudkms.cryptoKeys.create", () -> context.clients().keys().createCryptoKey(request));
        } catch (CloudException e) {
            if (e.error() != CloudError.NOT_FOUND) {
                throw e;
            }
        }
        context.call(
                "cloudkms.keyRings.create",
                () -> context.clients()
                        .keys()
                        .createKeyRing(CreateKeyRingRequest.newBuilder()
                                .setParent(LocationName.of(context.project(), context.region())
                                        .toString())
                                .setKeyRingId(RING)
                                .setKeyRing(KeyRing.getDefaultInstance())
                                .build()));
        return context.call(
                "cloudkms.cryptoKeys.create", () -> context.clients().keys().createCryptoKey(request));
    }

    private CryptoKey.Builder rotating(CryptoKey.Builder key) {
        return key.setRotationPeriod(Duration.newBuilder().setSeconds(ROTATION_SECONDS))
                .setNextRotationTime(Timestamp.newBuilder()
                        .setSeconds(context.scheduler().now().getEpochSecond() + ROTATION_SECONDS));
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
        changes.addAll(Ownership.compare(
                "labels", observed.key().getLabelsMap(), context.ownership().tags()));
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
                                        context.ownership().tags())),
                        "labels");
        }
    }

    private void change(CryptoKey.Builder key, String... fields) {
        context.call(
                "cloudkms.cryptoKeys.update",
                () -> context.clients()
                        .keys()
                        .updateCryptoKey(
                                key.setName(key()).build(),
                                FieldMask.newBuilder()
                                        .addAllPaths(List.of(fields))
                                        .build()));
    }

    /** The policy carries an etag: somebody who changes it at the same time makes one of the two start again. */
    private void grant() {
        Policy policy = policy(context, key());
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
        context.call(
                "cloudkms.cryptoKeys.setIamPolicy",
                () -> context.clients()
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
        for (CryptoKeyVersion version : versions(context)) {
            if (version.getState() == CryptoKeyVersionState.ENABLED
                    || version.getState() == CryptoKeyVersionState.DISABLED) {
                context.delete(
                        "cloudkms.cryptoKeyVersions.destroy",
                        () -> context.clients().keys().destroyCryptoKeyVersion(version.getName()));
            }
        }
    }

    static List<CryptoKeyVersion> versions(GcpContext context) {
        return context.find("cloudkms.cryptoKeyVersions.list", () -> {
                    List<CryptoKeyVersion> all = new ArrayList<>();
                    context.clients()
                            .keys()
                            .listCryptoKeyVersions(name(context))
                            .iterateAll()
                            .forEach(all::add);
                    return all;
                })
                .orElse(List.of());
    }
}
