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

    /** A key without a usable version counts as deleted, since Google never deletes keys themselves. */
    boolean exists() {
        return usable() || key.hasRotationPeriod();
    }

    boolean usable() {
        return key.hasPrimary()
                && (key.getPrimary().getState() == CryptoKeyVersionState.ENABLED
                        || key.getPrimary().getState() == CryptoKeyVersionState.PENDING_GENERATION);
    }
}
