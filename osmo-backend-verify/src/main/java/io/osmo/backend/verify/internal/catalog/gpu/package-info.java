/** Checks of GPU nodes. What the GPU Operator sets up is expected only once it is installed. */
@NullMarked
package io.osmo.backend.verify.internal.catalog.gpu;

import org.jspecify.annotations.NullMarked;
