// SPDX-License-Identifier: Apache-2.0
/** Folders and archives. */
@NullMarked
package io.osmo.backend.helm.internal.files;

import org.jspecify.annotations.NullMarked;
