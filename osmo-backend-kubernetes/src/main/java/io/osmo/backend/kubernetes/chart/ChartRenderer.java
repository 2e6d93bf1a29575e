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
     * @throws io.osmo.backend.error.ChartException when the chart cannot be fetched or rendered, or has another digest than the spec says
     * @throws io.osmo.backend.error.DeadlineExceededException when the deadline has passed
     * @throws io.osmo.backend.error.OperationCancelledException when the thread was interrupted
     */
    RenderedChart render(ChartRequest request);
}
