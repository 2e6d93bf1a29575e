// SPDX-License-Identifier: Apache-2.0
/** Emulated clouds for clients that reach them by endpoint. */
@NullMarked
package io.osmo.backend.testkit.internal.http;

import org.jspecify.annotations.NullMarked;
