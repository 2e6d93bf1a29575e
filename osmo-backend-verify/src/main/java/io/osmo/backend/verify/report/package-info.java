// SPDX-License-Identifier: Apache-2.0
/** The outcome of a verification, as text and as JSON. */
@NullMarked
package io.osmo.backend.verify.report;

import org.jspecify.annotations.NullMarked;
