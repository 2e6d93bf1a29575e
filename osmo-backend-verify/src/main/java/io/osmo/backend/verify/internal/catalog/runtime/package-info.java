/** Checks of the container runtime and the node images (RT-1). */
@NullMarked
package io.osmo.backend.verify.internal.catalog.runtime;

import org.jspecify.annotations.NullMarked;
