// SPDX-License-Identifier: Apache-2.0
/**
 * Helm charts as resources of a backend: what renders them, and what rendering gives. How they are planned, applied and uninstalled is
 * described in {@code docs/charts.md}.
 */
@NullMarked
package io.osmo.backend.kubernetes.chart;

import org.jspecify.annotations.NullMarked;
