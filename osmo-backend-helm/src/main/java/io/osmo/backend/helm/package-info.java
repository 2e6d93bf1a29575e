// SPDX-License-Identifier: Apache-2.0
/**
 * Fetches Helm charts and renders them with Helm itself. A host adds this module to its class path and calls nothing of it:
 * {@link io.osmo.backend.helm.HelmChartRenderer} is found by {@link java.util.ServiceLoader}. See {@code docs/charts.md}.
 */
@NullMarked
package io.osmo.backend.helm;

import org.jspecify.annotations.NullMarked;
