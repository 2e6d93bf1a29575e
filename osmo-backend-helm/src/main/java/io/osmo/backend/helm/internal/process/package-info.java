// SPDX-License-Identifier: Apache-2.0
/** Starts the child process, waits for it and ends it. */
@NullMarked
package io.osmo.backend.helm.internal.process;

import org.jspecify.annotations.NullMarked;
