// SPDX-License-Identifier: Apache-2.0
/** Emulated clouds that other processes reach by endpoint. */
@NullMarked
package io.osmo.backend.tests.serve;

import org.jspecify.annotations.NullMarked;
