// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes the default StorageClass (ST-1). Not safe for concurrent use. */
public final class StorageBuilder {
    private @Nullable String className;

    StorageBuilder() {}

    static StorageBuilder of(Storage storage) {
        StorageBuilder builder = new StorageBuilder();
        builder.className = storage.className().orElse(null);
        return builder;
    }

    /** Name of the default StorageClass. Default: the provider's own, such as {@code gp3}. */
    public StorageBuilder className(String name) {
        className = Objects.requireNonNull(name, "name");
        return this;
    }

    Storage draft() {
        return ImmutableStorage.builder()
                .className(Optional.ofNullable(className))
                .build();
    }
}
