// SPDX-License-Identifier: Apache-2.0
/** Derives values for OSMO's Helm charts from a spec. */
@NullMarked
package io.osmo.backend.values;

import org.jspecify.annotations.NullMarked;
