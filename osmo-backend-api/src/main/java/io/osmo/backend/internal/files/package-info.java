// SPDX-License-Identifier: Apache-2.0
/** Files that hosts name. */
@NullMarked
package io.osmo.backend.internal.files;

import org.jspecify.annotations.NullMarked;
