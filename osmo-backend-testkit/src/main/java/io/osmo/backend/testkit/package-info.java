// SPDX-License-Identifier: Apache-2.0
/** Emulated clouds and clusters for tests. */
@NullMarked
package io.osmo.backend.testkit;

import org.jspecify.annotations.NullMarked;
