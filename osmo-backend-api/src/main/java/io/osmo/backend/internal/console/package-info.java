// SPDX-License-Identifier: Apache-2.0
/** Progress for people: a live picture on a terminal, plain lines elsewhere. */
@NullMarked
package io.osmo.backend.internal.console;

import org.jspecify.annotations.NullMarked;
