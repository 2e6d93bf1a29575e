// SPDX-License-Identifier: Apache-2.0
/** Texts that come from elsewhere. */
@NullMarked
package io.osmo.backend.verify.internal.text;

import org.jspecify.annotations.NullMarked;
