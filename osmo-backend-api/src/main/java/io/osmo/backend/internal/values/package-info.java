// SPDX-License-Identifier: Apache-2.0
/** How values of OSMO's Helm charts follow from a spec. */
@NullMarked
package io.osmo.backend.internal.values;

import org.jspecify.annotations.NullMarked;
