// SPDX-License-Identifier: Apache-2.0
/** What can be known before anything is created. */
@NullMarked
package io.osmo.backend.azure.internal.preflight;

import org.jspecify.annotations.NullMarked;
