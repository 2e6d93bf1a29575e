/** Checks of transport security (SC-3). */
@NullMarked
package io.osmo.backend.verify.internal.catalogue.security;

import org.jspecify.annotations.NullMarked;
