// SPDX-License-Identifier: Apache-2.0
/** Checks of what the OSMO service says about the backend. */
@NullMarked
package io.osmo.backend.verify.internal.catalog.osmo;

import org.jspecify.annotations.NullMarked;
