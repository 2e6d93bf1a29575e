// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.kms;

import com.google.cloud.kms.v1.*;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.protobuf.Duration;
import com.google.protobuf.util.FieldMaskUtil;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceLabels;
import java.util.List;

/** Keys, which cannot be deleted. */
final class CryptoKeys {
    private static final Duration DESTROY_AFTER =
            Duration.newBuilder().setSeconds(30 * 86_400L).build();
    private static final List<String> CHANGEABLE =
            List.of("labels", "rotation_period", "next_rotation_time", "version_template");

    private final GcpProject project;
    private final KmsStore store;

    CryptoKeys(GcpProject project, KmsStore store) {
        this.project = project;
        this.store = store;
    }

    CryptoKey createCryptoKey(CreateCryptoKeyRequest r) {
        KmsStore.checkId(r.getCryptoKeyId());
        store.ring(r.getParent());
        String name = r.getParent() + "/cryptoKeys/" + r.getCryptoKeyId();
        if (store.keys.containsKey(name)) {
            throw GcpError.alreadyExists("CryptoKey " + name + " already exists.");
        }
        CryptoKey wanted = r.getCryptoKey();
        check(wanted);
        CryptoKey.Builder key = wanted.toBuilder().setName(name).setCreateTime(project.protoTimestamp());
        key.getVersionTemplateBuilder()
                .setProtectionLevel(ProtectionLevel.SOFTWARE)
                .setAlgorithm(CryptoKeyVersion.CryptoKeyVersionAlgorithm.GOOGLE_SYMMETRIC_ENCRYPTION);
        if (!wanted.hasDestroyScheduledDuration()) {
            key.setDestroyScheduledDuration(DESTROY_AFTER);
        }
        store.keys.put(name, key.build());
        if (!r.getSkipInitialVersionCreation()) {
            store.keys.put(name, key.setPrimary(store.newVersion(name)).build());
        }
        return store.shown(name);
    }

    private static void check(CryptoKey wanted) {
        ResourceLabels.check("crypto_key.labels", wanted.getLabelsMap());
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
    }

    CryptoKey getCryptoKey(GetCryptoKeyRequest r) {
        return store.shown(r.getName());
    }

    ListCryptoKeysResponse listCryptoKeys(ListCryptoKeysRequest r) {
        store.ring(r.getParent());
        List<CryptoKey> found = KmsStore.under(store.keys, r.getParent() + "/cryptoKeys/").stream()
                .map(key -> store.shown(key.getName()))
                .toList();
        Page<CryptoKey> page = project.page(found, r.getPageSize(), r.getPageToken());
        return ListCryptoKeysResponse.newBuilder()
                .addAllCryptoKeys(page.items())
                .setNextPageToken(GcpProject.next(page))
                .build();
    }

    CryptoKey updateCryptoKey(UpdateCryptoKeyRequest r) {
        CryptoKey old = store.key(r.getCryptoKey().getName());
        CryptoKey.Builder changed = old.toBuilder();
        for (String path : r.getUpdateMask().getPathsList()) {
            if (!CHANGEABLE.contains(path)) {
                throw GcpError.invalid("The field " + path + " of a CryptoKey cannot be updated.");
            }
        }
        FieldMaskUtil.merge(r.getUpdateMask(), r.getCryptoKey(), changed, GcpProject.REPLACE);
        ResourceLabels.check("crypto_key.labels", changed.getLabelsMap());
        store.keys.put(old.getName(), changed.build());
        return store.shown(old.getName());
    }

    CryptoKey updateCryptoKeyPrimaryVersion(UpdateCryptoKeyPrimaryVersionRequest r) {
        CryptoKey key = store.key(r.getName());
        CryptoKeyVersion version = store.version(r.getName() + "/cryptoKeyVersions/" + r.getCryptoKeyVersionId());
        if (version.getState() != CryptoKeyVersionState.ENABLED) {
            throw GcpError.precondition(
                    version.getName() + " is not enabled, current state is: " + version.getState() + ".");
        }
        store.keys.put(key.getName(), key.toBuilder().setPrimary(version).build());
        return store.shown(key.getName());
    }
}
