// SPDX-License-Identifier: Apache-2.0
/** Pools that lose their work before they are deleted, on emulated clusters. */
@NullMarked
package io.osmo.backend.tests.drain;

import org.jspecify.annotations.NullMarked;
