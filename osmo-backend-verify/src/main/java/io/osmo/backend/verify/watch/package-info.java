// SPDX-License-Identifier: Apache-2.0
/** Repeated verification that reports only what has changed. */
@NullMarked
package io.osmo.backend.verify.watch;

import org.jspecify.annotations.NullMarked;
