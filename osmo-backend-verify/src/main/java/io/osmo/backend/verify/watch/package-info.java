// SPDX-License-Identifier: Apache-2.0
/** Verification again and again, with word only of what has changed. */
@NullMarked
package io.osmo.backend.verify.watch;

import org.jspecify.annotations.NullMarked;
