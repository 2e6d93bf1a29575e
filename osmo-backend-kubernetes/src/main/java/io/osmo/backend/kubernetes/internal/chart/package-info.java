// SPDX-License-Identifier: Apache-2.0
/** Plans, applies, records and uninstalls charts. */
@NullMarked
package io.osmo.backend.kubernetes.internal.chart;

import org.jspecify.annotations.NullMarked;
