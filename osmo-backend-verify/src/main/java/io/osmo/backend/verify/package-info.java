// SPDX-License-Identifier: Apache-2.0
/** Verification of OSMO backends: snapshot, checks, reports. */
@NullMarked
package io.osmo.backend.verify;

import org.jspecify.annotations.NullMarked;
