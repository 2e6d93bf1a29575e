// SPDX-License-Identifier: Apache-2.0
/** Text that comes from others. */
@NullMarked
package io.osmo.backend.internal.text;

import org.jspecify.annotations.NullMarked;
