// SPDX-License-Identifier: Apache-2.0
/** The standard catalog of checks. */
@NullMarked
package io.osmo.backend.verify.internal.catalog;

import org.jspecify.annotations.NullMarked;
