// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.chart;

/**
 * Fetches and renders Helm charts; found by {@link java.util.ServiceLoader}. The module {@code osmo-backend-helm} has one that embeds
 * Helm. It only renders: what is rendered is planned, applied and recorded by this module. Charts that are given as rendered manifests
 * need none. Safe for concurrent use.
 */
public interface ChartRenderer {
    /**
     * Fetches the chart, unless it is on this machine, and renders it. Blocks; interrupting the thread ends it within a second.
     *
     * @throws io.osmo.backend.error.CloudException when the chart cannot be fetched or rendered, has another digest than the spec says,
     *     or the deadline has passed
     */
    RenderedChart render(ChartRequest request);
}
