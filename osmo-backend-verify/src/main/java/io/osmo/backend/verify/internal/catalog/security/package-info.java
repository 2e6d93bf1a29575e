/** Checks of transport security (SC-3). */
@NullMarked
package io.osmo.backend.verify.internal.catalog.security;

import org.jspecify.annotations.NullMarked;
