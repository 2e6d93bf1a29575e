// SPDX-License-Identifier: Apache-2.0
/** Backup of what is in the cluster. */
@NullMarked
package io.osmo.backend.azure.internal.backup;

import org.jspecify.annotations.NullMarked;
