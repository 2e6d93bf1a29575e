// SPDX-License-Identifier: Apache-2.0
/** Values of OSMO's Helm charts, derived from a spec. */
@NullMarked
package io.osmo.backend.values;

import org.jspecify.annotations.NullMarked;
