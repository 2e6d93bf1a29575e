// SPDX-License-Identifier: Apache-2.0
/** A cluster that someone else made. */
@NullMarked
package io.osmo.backend.testkit.existing;

import org.jspecify.annotations.NullMarked;
