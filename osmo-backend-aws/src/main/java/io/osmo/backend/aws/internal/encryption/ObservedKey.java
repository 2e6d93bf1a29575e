// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/**
 * A key with what KMS returns only key by key.
 *
 * @param rotation whether KMS rotates it; null when that could not be asked
 * @param policy its policy; null when the caller may not read it
 * @param tags empty for an existing key, whose tags do not matter
 */
public record ObservedKey(
        KeyMetadata key,
        @Nullable Boolean rotation,
        @Nullable String policy,
        Map<String, String> tags) {
    public ObservedKey {
        tags = Map.copyOf(tags);
    }

    public String id() {
        return key.keyId();
    }
}
