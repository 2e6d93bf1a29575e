// SPDX-License-Identifier: Apache-2.0
/** Access to a cluster and cluster-side resources as nodes of the engine's graph. */
@NullMarked
package io.osmo.backend.kubernetes;

import org.jspecify.annotations.NullMarked;
