// SPDX-License-Identifier: Apache-2.0
/** Agent pools. */
@NullMarked
package io.osmo.backend.azure.internal.pool;

import org.jspecify.annotations.NullMarked;
