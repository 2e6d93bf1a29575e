// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.cloud.kms.v1.*;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.FieldMaskUtil;
import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Key rings and keys, of which neither can be deleted. */
final class EmulatedKms {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,63}");
    private static final Duration DESTROY = Duration.ofDays(30);
    private static final String USE = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

    private final GcpProject project;
    private final Policies policies;
    private final TreeMap<String, KeyRing> rings = new TreeMap<>();
    private final TreeMap<String, CryptoKey> keys = new TreeMap<>();
    private final TreeMap<String, CryptoKeyVersion> versions = new TreeMap<>();

    EmulatedKms(GcpProject project, Policies policies) {
        this.project = project;
        this.policies = policies;
    }

    // ------------------------------------------------------------------------------------------ for other services

    /** Why a member could not use a key; empty when it can. */
    Optional<String> problem(String key, String member) {
        CryptoKey found = keys.get(key);
        if (found == null) {
            return Optional.of("CryptoKey not found.");
        }
        if (!versions.containsKey(found.getPrimary().getName())
                || versions.get(found.getPrimary().getName()).getState() != CryptoKeyVersionState.ENABLED) {
            return Optional.of("CryptoKey " + key + " has no enabled primary version.");
        }
        String ring = key.replaceFirst("/cryptoKeys/.*$", "");
        boolean granted = policies.isGranted(key, USE, member)
                || policies.isGranted(ring, USE, member)
                || policies.isGranted("projects/" + project.id(), USE, member);
        return granted
                ? Optional.empty()
                : Optional.of("Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '" + key
                        + "' (or it may not exist).");
    }

    void requireUsable(String key, String member, String region) {
        if (!key.startsWith("projects/" + project.id() + "/locations/" + region + "/")) {
            throw GcpError.invalid(
                    "Cloud KMS key \"" + key + "\" must be in the region of the cluster, \"" + region + "\".");
        }
        problem(key, member).ifPresent(problem -> {
            throw GcpError.invalid("Cloud KMS key \"" + key + "\" cannot be used by " + member + ": " + problem);
        });
    }

    // ------------------------------------------------------------------------------------------ key rings

    KeyRing createKeyRing(CreateKeyRingRequest r) {
        checkId(r.getKeyRingId());
        String location = GkeClusters.location(r.getParent());
        if (!ComputeCatalogue.isRegion(location) && !location.equals("global")) {
            throw GcpError.notFound("Location '" + location + "' does not exist.");
        }
        String name = r.getParent() + "/keyRings/" + r.getKeyRingId();
        if (rings.containsKey(name)) {
            throw GcpError.alreadyExists("KeyRing " + name + " already exists.");
        }
        KeyRing ring = KeyRing.newBuilder().setName(name).setCreateTime(now()).build();
        rings.put(name, ring);
        return ring;
    }

    KeyRing getKeyRing(GetKeyRingRequest r) {
        return ring(r.getName());
    }

    ListKeyRingsResponse listKeyRings(ListKeyRingsRequest r) {
        Page<KeyRing> page = page(under(rings, r.getParent() + "/keyRings/"), r.getPageSize(), r.getPageToken());
        ListKeyRingsResponse.Builder response =
                ListKeyRingsResponse.newBuilder().addAllKeyRings(page.items());
        if (page.next() != null) {
            response.setNextPageToken(page.next());
        }
        return response.build();
    }

    private KeyRing ring(String name) {
        KeyRing ring = rings.get(name);
        if (ring == null) {
            throw GcpError.notFound("KeyRing " + name + " not found.");
        }
        return ring;
    }

    // ------------------------------------------------------------------------------------------ keys

    CryptoKey createCryptoKey(CreateCryptoKeyRequest r) {
        checkId(r.getCryptoKeyId());
        ring(r.getParent());
        String name = r.getParent() + "/cryptoKeys/" + r.getCryptoKeyId();
        if (keys.containsKey(name)) {
            throw GcpError.alreadyExists("CryptoKey " + name + " already exists.");
        }
        CryptoKey wanted = r.getCryptoKey();
        if (wanted.getPurpose() != CryptoKeyPurpose.ENCRYPT_DECRYPT) {
            throw GcpError.invalid("Only keys of purpose ENCRYPT_DECRYPT can encrypt clusters and disks, not "
                    + wanted.getPurpose() + ".");
        }
        if (wanted.hasRotationPeriod() != wanted.hasNextRotationTime()) {
            throw GcpError.invalid("rotation_period and next_rotation_time must be specified together.");
        }
        if (wanted.hasRotationPeriod() && wanted.getRotationPeriod().getSeconds() < 86_400) {
            throw GcpError.invalid("rotation_period must be at least 24 hours.");
        }
        CryptoKey.Builder key = wanted.toBuilder().setName(name).setCreateTime(now());
        key.getVersionTemplateBuilder()
                .setProtectionLevel(ProtectionLevel.SOFTWARE)
                .setAlgorithm(CryptoKeyVersion.CryptoKeyVersionAlgorithm.GOOGLE_SYMMETRIC_ENCRYPTION);
        if (!wanted.hasDestroyScheduledDuration()) {
            key.setDestroyScheduledDuration(
                    com.google.protobuf.Duration.newBuilder().setSeconds(DESTROY.toSeconds()));
        }
        keys.put(name, key.build());
        if (!r.getSkipInitialVersionCreation()) {
            keys.put(name, key.setPrimary(newVersion(name)).build());
        }
        return shown(name);
    }

    private CryptoKeyVersion newVersion(String key) {
        int number = under(versions, key + "/cryptoKeyVersions/").size() + 1;
        CryptoKeyVersion version = CryptoKeyVersion.newBuilder()
                .setName(key + "/cryptoKeyVersions/" + number)
                .setState(CryptoKeyVersionState.ENABLED)
                .setProtectionLevel(ProtectionLevel.SOFTWARE)
                .setAlgorithm(CryptoKeyVersion.CryptoKeyVersionAlgorithm.GOOGLE_SYMMETRIC_ENCRYPTION)
                .setCreateTime(now())
                .setGenerateTime(now())
                .build();
        versions.put(version.getName(), version);
        return version;
    }

    CryptoKey getCryptoKey(GetCryptoKeyRequest r) {
        return shown(r.getName());
    }

    ListCryptoKeysResponse listCryptoKeys(ListCryptoKeysRequest r) {
        ring(r.getParent());
        Page<CryptoKey> page = page(
                under(keys, r.getParent() + "/cryptoKeys/").stream()
                        .map(k -> shown(k.getName()))
                        .toList(),
                r.getPageSize(),
                r.getPageToken());
        ListCryptoKeysResponse.Builder response =
                ListCryptoKeysResponse.newBuilder().addAllCryptoKeys(page.items());
        if (page.next() != null) {
            response.setNextPageToken(page.next());
        }
        return response.build();
    }

    CryptoKey updateCryptoKey(UpdateCryptoKeyRequest r) {
        CryptoKey old = key(r.getCryptoKey().getName());
        CryptoKey.Builder changed = old.toBuilder();
        for (String path : r.getUpdateMask().getPathsList()) {
            if (!List.of("labels", "rotation_period", "next_rotation_time", "version_template")
                    .contains(path)) {
                throw GcpError.invalid("The field " + path + " of a CryptoKey cannot be updated.");
            }
        }
        merge(r.getUpdateMask(), r.getCryptoKey(), changed);
        keys.put(old.getName(), changed.build());
        return shown(old.getName());
    }

    /** A mask that names labels or a message replaces all of it. */
    private static void merge(FieldMask mask, CryptoKey wanted, CryptoKey.Builder changed) {
        FieldMaskUtil.merge(
                mask,
                wanted,
                changed,
                new FieldMaskUtil.MergeOptions()
                        .setReplaceMessageFields(true)
                        .setReplaceRepeatedFields(true)
                        .setReplacePrimitiveFields(true));
    }

    private CryptoKey key(String name) {
        CryptoKey key = keys.get(name);
        if (key == null) {
            throw GcpError.notFound("CryptoKey " + name + " not found.");
        }
        return key;
    }

    private CryptoKey shown(String name) {
        CryptoKey key = key(name);
        CryptoKeyVersion primary = versions.get(key.getPrimary().getName());
        return primary == null ? key : key.toBuilder().setPrimary(primary).build();
    }

    // ------------------------------------------------------------------------------------------ versions

    CryptoKeyVersion createCryptoKeyVersion(CreateCryptoKeyVersionRequest r) {
        key(r.getParent());
        return newVersion(r.getParent());
    }

    CryptoKeyVersion getCryptoKeyVersion(GetCryptoKeyVersionRequest r) {
        return version(r.getName());
    }

    ListCryptoKeyVersionsResponse listCryptoKeyVersions(ListCryptoKeyVersionsRequest r) {
        key(r.getParent());
        Page<CryptoKeyVersion> page =
                page(under(versions, r.getParent() + "/cryptoKeyVersions/"), r.getPageSize(), r.getPageToken());
        ListCryptoKeyVersionsResponse.Builder response =
                ListCryptoKeyVersionsResponse.newBuilder().addAllCryptoKeyVersions(page.items());
        if (page.next() != null) {
            response.setNextPageToken(page.next());
        }
        return response.build();
    }

    CryptoKey updateCryptoKeyPrimaryVersion(UpdateCryptoKeyPrimaryVersionRequest r) {
        CryptoKey key = key(r.getName());
        CryptoKeyVersion version = version(r.getName() + "/cryptoKeyVersions/" + r.getCryptoKeyVersionId());
        if (version.getState() != CryptoKeyVersionState.ENABLED) {
            throw GcpError.precondition(
                    version.getName() + " is not enabled, current state is: " + version.getState() + ".");
        }
        keys.put(key.getName(), key.toBuilder().setPrimary(version).build());
        return shown(key.getName());
    }

    CryptoKeyVersion updateCryptoKeyVersion(UpdateCryptoKeyVersionRequest r) {
        CryptoKeyVersion version = version(r.getCryptoKeyVersion().getName());
        CryptoKeyVersionState wanted = r.getCryptoKeyVersion().getState();
        boolean can = version.getState() == CryptoKeyVersionState.ENABLED
                || version.getState() == CryptoKeyVersionState.DISABLED;
        if (!can || wanted != CryptoKeyVersionState.ENABLED && wanted != CryptoKeyVersionState.DISABLED) {
            throw GcpError.precondition(
                    version.getName() + " cannot go from " + version.getState() + " to " + wanted + ".");
        }
        return state(version, wanted);
    }

    CryptoKeyVersion destroyCryptoKeyVersion(DestroyCryptoKeyVersionRequest r) {
        CryptoKeyVersion version = version(r.getName());
        if (version.getState() != CryptoKeyVersionState.ENABLED
                && version.getState() != CryptoKeyVersionState.DISABLED) {
            throw GcpError.precondition(
                    version.getName() + " cannot be destroyed, current state is: " + version.getState() + ".");
        }
        CryptoKey key = key(version.getName().replaceFirst("/cryptoKeyVersions/.*$", ""));
        Duration wait = Duration.ofSeconds(key.getDestroyScheduledDuration().getSeconds());
        CryptoKeyVersion scheduled = version.toBuilder()
                .setState(CryptoKeyVersionState.DESTROY_SCHEDULED)
                .setDestroyTime(timestamp(project.now().plus(wait)))
                .build();
        versions.put(version.getName(), scheduled);
        project.after(wait, () -> {
            CryptoKeyVersion then = versions.get(version.getName());
            if (then.getDestroyTime().equals(scheduled.getDestroyTime())) {
                state(then, CryptoKeyVersionState.DESTROYED);
            }
        });
        return scheduled;
    }

    CryptoKeyVersion restoreCryptoKeyVersion(RestoreCryptoKeyVersionRequest r) {
        CryptoKeyVersion version = version(r.getName());
        if (version.getState() != CryptoKeyVersionState.DESTROY_SCHEDULED) {
            throw GcpError.precondition(version.getName() + " is not scheduled for destruction, current state is: "
                    + version.getState() + ".");
        }
        return state(version.toBuilder().clearDestroyTime().build(), CryptoKeyVersionState.DISABLED);
    }

    private CryptoKeyVersion version(String name) {
        CryptoKeyVersion version = versions.get(name);
        if (version == null) {
            throw GcpError.notFound("CryptoKeyVersion " + name + " not found.");
        }
        return version;
    }

    private CryptoKeyVersion state(CryptoKeyVersion version, CryptoKeyVersionState state) {
        CryptoKeyVersion changed = version.toBuilder().setState(state).build();
        versions.put(version.getName(), changed);
        return changed;
    }

    // ------------------------------------------------------------------------------------------ policies

    /** The mixed-in service of policies. */
    final class PolicyMethods {
        Policy getIamPolicy(GetIamPolicyRequest r) {
            requireThere(r.getResource());
            return policies.get(r);
        }

        Policy setIamPolicy(SetIamPolicyRequest r) {
            requireThere(r.getResource());
            return policies.set(r);
        }

        TestIamPermissionsResponse testIamPermissions(TestIamPermissionsRequest r) {
            requireThere(r.getResource());
            return policies.test(r);
        }

        private void requireThere(String resource) {
            if (!keys.containsKey(resource) && !rings.containsKey(resource)) {
                throw GcpError.notFound(resource + " not found.");
            }
        }
    }

    List<String> inventory() {
        List<String> lines = new ArrayList<>();
        rings.keySet().forEach(name -> lines.add("key-ring " + GcpInventory.rest(name)));
        versions.forEach(
                (name, version) -> lines.add("key-version " + GcpInventory.rest(name) + " " + version.getState()));
        keys.forEach(
                (name, key) -> lines.add("key " + GcpInventory.rest(name) + " " + new TreeMap<>(key.getLabelsMap())));
        return lines;
    }

    private static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw GcpError.invalid("The id \"" + id + "\" must match [a-zA-Z0-9_-]{1,63}.");
        }
    }

    private <T> Page<T> page(List<T> all, int size, String token) {
        return Page.of(all, size == 0 ? null : size, token.isEmpty() ? null : token, project.pageSize());
    }

    private static <T> List<T> under(TreeMap<String, T> rows, String prefix) {
        return rows.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix) && e.getKey().indexOf('/', prefix.length()) < 0)
                .map(Map.Entry::getValue)
                .toList();
    }

    private Timestamp now() {
        return timestamp(project.now());
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
