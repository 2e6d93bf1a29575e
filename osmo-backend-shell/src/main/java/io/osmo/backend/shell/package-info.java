// SPDX-License-Identifier: Apache-2.0
/** The commands of the runnable jar, a thin layer: each command calls one method of the library. */
@NullMarked
package io.osmo.backend.shell;

import org.jspecify.annotations.NullMarked;
