// SPDX-License-Identifier: Apache-2.0
/** Checks, what they find, and the evidence that they judge. */
@NullMarked
package io.osmo.backend.verify.check;

import org.jspecify.annotations.NullMarked;
