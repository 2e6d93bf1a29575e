// SPDX-License-Identifier: Apache-2.0
/** Preflight and verification of backends on emulated clouds. */
@NullMarked
package io.osmo.backend.tests.verify;

import org.jspecify.annotations.NullMarked;
