/** Node pools: their machines, accelerators and bounds. */
@NullMarked
package io.osmo.backend.gcp.internal.pool;

import org.jspecify.annotations.NullMarked;
