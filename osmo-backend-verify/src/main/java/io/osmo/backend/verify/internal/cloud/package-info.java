// SPDX-License-Identifier: Apache-2.0
/** What verification knows of clouds; dates are data with source, in {@code retirements.json}. */
@NullMarked
package io.osmo.backend.verify.internal.cloud;

import org.jspecify.annotations.NullMarked;
