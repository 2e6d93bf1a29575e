// SPDX-License-Identifier: Apache-2.0
/** What AKS may leave behind. */
@NullMarked
package io.osmo.backend.azure.internal.sweep;

import org.jspecify.annotations.NullMarked;
