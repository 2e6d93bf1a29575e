/** Checks of GPU nodes; what the GPU Operator brings is asked for only once it is there. */
@NullMarked
package io.osmo.backend.verify.internal.catalogue.gpu;

import org.jspecify.annotations.NullMarked;
