// SPDX-License-Identifier: Apache-2.0
/** The emulated OSMO service, and operators that connect to it. */
@NullMarked
package io.osmo.backend.testkit.osmo;

import org.jspecify.annotations.NullMarked;
