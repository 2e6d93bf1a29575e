// SPDX-License-Identifier: Apache-2.0
/** Objects in the cluster as resources of the engine's graph. */
@NullMarked
package io.osmo.backend.kubernetes.internal.resource;

import org.jspecify.annotations.NullMarked;
