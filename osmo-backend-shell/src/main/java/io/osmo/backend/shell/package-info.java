// SPDX-License-Identifier: Apache-2.0
/** The commands of the runnable jar. A thin layer: each command is one call of the library. */
@NullMarked
package io.osmo.backend.shell;

import org.jspecify.annotations.NullMarked;
