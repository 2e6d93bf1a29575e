// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A key, its versions and who may use it.
 *
 * @param users members that can encrypt and decrypt with it
 * @param versions all versions; empty if the key is not the backend's
 */
public record ObservedKey(CryptoKey key, Set<String> users, List<CryptoKeyVersion> versions) {
    /** Label with the number of the first version of the present backend; those before it belong to one that was destroyed. */
    static final String FIRST_VERSION = "osmo-first-version";

    public ObservedKey {
        users = Set.copyOf(users);
        versions = versions.stream()
                .sorted(Comparator.comparingInt(ObservedKey::number))
                .toList();
    }

    ObservedKey with(List<CryptoKeyVersion> all) {
        return new ObservedKey(key, users, all);
    }

    static int number(CryptoKeyVersion version) {
        return Integer.parseInt(version.getName().substring(version.getName().lastIndexOf('/') + 1));
    }

    /** A key without a usable version counts as deleted, since Google never deletes keys themselves. */
    boolean exists() {
        return usable() || key.hasRotationPeriod();
    }

    boolean usable() {
        return key.hasPrimary() && isUsable(key.getPrimary());
    }

    private static boolean isUsable(CryptoKeyVersion version) {
        return version.getState() == CryptoKeyVersionState.ENABLED
                || version.getState() == CryptoKeyVersionState.PENDING_GENERATION;
    }

    /** Whether the primary version is lost for good. */
    boolean isDestroyed() {
        return key.hasPrimary() && key.getPrimary().getState() == CryptoKeyVersionState.DESTROYED;
    }

    /** Versions of the present backend that were disabled or are about to be destroyed: what they encrypted cannot be read. */
    List<CryptoKeyVersion> broken() {
        int first = Integer.parseInt(key.getLabelsOrDefault(FIRST_VERSION, "1"));
        return versions.stream()
                .filter(version -> number(version) >= first
                        && (version.getState() == CryptoKeyVersionState.DISABLED
                                || version.getState() == CryptoKeyVersionState.DESTROY_SCHEDULED))
                .toList();
    }
}
