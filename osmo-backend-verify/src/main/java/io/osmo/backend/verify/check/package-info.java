// SPDX-License-Identifier: Apache-2.0
/** What a check is, what it finds, and the evidence that it judges. */
@NullMarked
package io.osmo.backend.verify.check;

import org.jspecify.annotations.NullMarked;
