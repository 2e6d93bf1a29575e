// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.plan.Change;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Resource;
import java.util.Optional;

/**
 * One change together with what carries it out.
 *
 * @param wanted present unless the change is a deletion
 * @param target what is deleted or brought about
 */
record Step(Change change, Optional<Resource<?>> wanted, Deletable<?> target) {}
