/** Checks of the control plane (CP-1 to CP-3, SC-1, SC-3). */
@NullMarked
package io.osmo.backend.verify.internal.catalog.controlplane;

import org.jspecify.annotations.NullMarked;
