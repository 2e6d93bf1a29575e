// SPDX-License-Identifier: Apache-2.0
/** Runnable examples. What the README shows of Java stands here, so that it is compiled; a test holds the two equal. */
@NullMarked
package io.osmo.backend.examples;

import org.jspecify.annotations.NullMarked;
