// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.kms;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.KeyRing;
import com.google.cloud.kms.v1.ProtectionLevel;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Key rings, keys and key versions by name. */
final class KmsStore {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,63}");

    final TreeMap<String, KeyRing> rings = new TreeMap<>();
    final TreeMap<String, CryptoKey> keys = new TreeMap<>();
    final TreeMap<String, CryptoKeyVersion> versions = new TreeMap<>();
    private final GcpProject project;

    KmsStore(GcpProject project) {
        this.project = project;
    }

    static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw GcpError.invalid("The id \"" + id + "\" must match [a-zA-Z0-9_-]{1,63}.");
        }
    }

    KeyRing ring(String name) {
        return get(rings, name, "KeyRing");
    }

    CryptoKey key(String name) {
        return get(keys, name, "CryptoKey");
    }

    CryptoKeyVersion version(String name) {
        return get(versions, name, "CryptoKeyVersion");
    }

    private static <T> T get(Map<String, T> rows, String name, String kind) {
        T row = rows.get(name);
        if (row == null) {
            throw GcpError.notFound(kind + " " + name + " not found.");
        }
        return row;
    }

    /** What is directly under a name such as {@code projects/p/locations/l/keyRings/}. */
    static <T> List<T> under(Map<String, T> rows, String prefix) {
        return rows.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix) && e.getKey().indexOf('/', prefix.length()) < 0)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** A key as callers see it, with the present state of its primary version. */
    CryptoKey shown(String name) {
        CryptoKey key = key(name);
        CryptoKeyVersion primary = versions.get(key.getPrimary().getName());
        return primary == null ? key : key.toBuilder().setPrimary(primary).build();
    }

    CryptoKeyVersion newVersion(String key) {
        int number = under(versions, key + "/cryptoKeyVersions/").size() + 1;
        CryptoKeyVersion version = CryptoKeyVersion.newBuilder()
                .setName(key + "/cryptoKeyVersions/" + number)
                .setState(CryptoKeyVersionState.ENABLED)
                .setProtectionLevel(ProtectionLevel.SOFTWARE)
                .setAlgorithm(CryptoKeyVersion.CryptoKeyVersionAlgorithm.GOOGLE_SYMMETRIC_ENCRYPTION)
                .setCreateTime(project.protoTimestamp())
                .setGenerateTime(project.protoTimestamp())
                .build();
        versions.put(version.getName(), version);
        return version;
    }
}
