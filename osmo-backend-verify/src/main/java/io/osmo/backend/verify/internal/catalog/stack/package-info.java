// SPDX-License-Identifier: Apache-2.0
/** OSMO's operator and KAI as they are installed, and the base classes of checks about them. */
@NullMarked
package io.osmo.backend.verify.internal.catalog.stack;

import org.jspecify.annotations.NullMarked;
