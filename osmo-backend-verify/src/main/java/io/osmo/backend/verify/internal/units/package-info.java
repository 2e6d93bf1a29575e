/** Arithmetic of Kubernetes quantities, versions and address ranges. Pure. */
@NullMarked
package io.osmo.backend.verify.internal.units;

import org.jspecify.annotations.NullMarked;
