// SPDX-License-Identifier: Apache-2.0
/** A chart and its rendering by Helm. */
@NullMarked
package io.osmo.backend.helm.internal.chart;

import org.jspecify.annotations.NullMarked;
