/** Checks of addresses, routes and exposure (NW-1, NW-2, SC-3). */
@NullMarked
package io.osmo.backend.verify.internal.catalog.network;

import org.jspecify.annotations.NullMarked;
