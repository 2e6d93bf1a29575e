/** Checks of node pools (OP-*, CN-*). */
@NullMarked
package io.osmo.backend.verify.internal.catalog.pool;

import org.jspecify.annotations.NullMarked;
