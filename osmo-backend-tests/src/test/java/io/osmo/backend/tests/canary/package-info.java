// SPDX-License-Identifier: Apache-2.0
/** Secrets that must appear nowhere. */
@NullMarked
package io.osmo.backend.tests.canary;

import org.jspecify.annotations.NullMarked;
