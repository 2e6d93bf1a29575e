// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Resource;
import java.util.Optional;
import java.util.Set;

/**
 * One change together with what carries it out.
 *
 * @param wanted present unless the change is a deletion
 * @param target what is deleted or brought about
 * @param ensuredAfter what must be as wanted before the target is brought about
 * @param removedAfter what must be ready before the target is deleted
 * @param turn the pool whose turn it must be, for what disturbs work of that pool
 */
record Step(
        Change change,
        Optional<Resource<?>> wanted,
        Deletable<?> target,
        Set<ResourceId> ensuredAfter,
        Set<ResourceId> removedAfter,
        Optional<String> turn) {}
