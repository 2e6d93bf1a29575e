// SPDX-License-Identifier: Apache-2.0
/** Moves the work off the nodes of a pool before the pool is deleted: cordon, evict, wait. */
@NullMarked
package io.osmo.backend.kubernetes.internal.drain;

import org.jspecify.annotations.NullMarked;
