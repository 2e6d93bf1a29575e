// SPDX-License-Identifier: Apache-2.0
/** A chart and what Helm makes of it. */
@NullMarked
package io.osmo.backend.helm.internal.chart;

import org.jspecify.annotations.NullMarked;
