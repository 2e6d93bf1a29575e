// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes the key for encryption at rest (SC-1, SC-2). Not safe for concurrent use. */
public final class EncryptionBuilder {
    private @Nullable String existingKey;

    EncryptionBuilder() {}

    static EncryptionBuilder of(Encryption encryption) {
        EncryptionBuilder builder = new EncryptionBuilder();
        builder.existingKey = encryption.existingKey().orElse(null);
        return builder;
    }

    /** An existing key in the cloud's own spelling; used and never changed or deleted. Default: a key is created. */
    public EncryptionBuilder existingKey(String id) {
        existingKey = Objects.requireNonNull(id, "id");
        return this;
    }

    Encryption draft() {
        return ImmutableEncryption.builder()
                .existingKey(Optional.ofNullable(existingKey))
                .build();
    }
}
