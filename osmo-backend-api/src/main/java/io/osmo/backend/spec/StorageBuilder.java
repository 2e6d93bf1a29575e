// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Objects;

/** Describes the default StorageClass (ST-1). Not safe for concurrent use. */
public final class StorageBuilder {
    private String className = "";

    StorageBuilder() {}

    static StorageBuilder of(Storage storage) {
        return new StorageBuilder().className(storage.className());
    }

    /** Name of the default StorageClass. Default: the provider's own, such as {@code gp3}. */
    public StorageBuilder className(String name) {
        className = Objects.requireNonNull(name, "name");
        return this;
    }

    Storage draft() {
        return ImmutableStorage.builder().className(className).build();
    }
}
