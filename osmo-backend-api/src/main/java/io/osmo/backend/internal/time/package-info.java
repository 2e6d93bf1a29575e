// SPDX-License-Identifier: Apache-2.0
/** The scheduler on real time: the only place of the library that reads a clock or owns a thread. */
@NullMarked
package io.osmo.backend.internal.time;

import org.jspecify.annotations.NullMarked;
