// SPDX-License-Identifier: Apache-2.0
/** Typed events of a running apply, and the grammar of their order. */
@NullMarked
package io.osmo.backend.event;

import org.jspecify.annotations.NullMarked;
