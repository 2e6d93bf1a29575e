/** Checks of image pull secrets (RG-2, RG-3). */
@NullMarked
package io.osmo.backend.verify.internal.catalog.registry;

import org.jspecify.annotations.NullMarked;
