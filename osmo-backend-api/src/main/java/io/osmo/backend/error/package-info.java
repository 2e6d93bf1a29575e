// SPDX-License-Identifier: Apache-2.0
/** One sealed family of unchecked exceptions. */
@NullMarked
package io.osmo.backend.error;

import org.jspecify.annotations.NullMarked;
