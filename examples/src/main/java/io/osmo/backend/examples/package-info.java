// SPDX-License-Identifier: Apache-2.0
/** Runnable examples. They contain all Java code of the README, so that it is compiled. A test compares the two. */
@NullMarked
package io.osmo.backend.examples;

import org.jspecify.annotations.NullMarked;
