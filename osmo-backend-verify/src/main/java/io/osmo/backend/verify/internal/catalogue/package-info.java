// SPDX-License-Identifier: Apache-2.0
/** The standard catalogue of checks. */
@NullMarked
package io.osmo.backend.verify.internal.catalogue;

import org.jspecify.annotations.NullMarked;
