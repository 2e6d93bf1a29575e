// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.ResourceId;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What is currently known about the resources of one backend: the inventory and later reads. */
public interface State {
    /** What was last read of a resource; empty when it does not exist. */
    <O> Optional<O> find(ResourceId id, Class<O> type);

    default <O> Optional<O> find(Deletable<O> resource) {
        return find(resource.id(), resource.type());
    }

    /**
     * What was last read of a resource that must exist, because the caller depends on it. Throws {@link NoSuchElementException}
     * otherwise.
     */
    default <O> O require(Deletable<O> resource) {
        return require(resource.id(), resource.type());
    }

    default <O> O require(ResourceId id, Class<O> type) {
        return find(id, type).orElseThrow(() -> new NoSuchElementException(id + " does not exist yet"));
    }
}
