// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import java.util.Set;

/**
 * A key and who may use it.
 *
 * @param users members that may encrypt and decrypt with it
 */
public record ObservedKey(CryptoKey key, Set<String> users) {
    public ObservedKey {
        users = Set.copyOf(users);
    }

    /** A key without a usable version is as good as deleted: keys themselves stay for ever. */
    boolean stands() {
        return usable() || key.hasRotationPeriod();
    }

    boolean usable() {
        return key.hasPrimary()
                && (key.getPrimary().getState() == CryptoKeyVersionState.ENABLED
                        || key.getPrimary().getState() == CryptoKeyVersionState.PENDING_GENERATION);
    }
}
