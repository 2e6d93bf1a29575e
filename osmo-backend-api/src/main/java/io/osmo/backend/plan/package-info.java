// SPDX-License-Identifier: Apache-2.0
/** What would change, and why. */
@NullMarked
package io.osmo.backend.plan;

import org.jspecify.annotations.NullMarked;
