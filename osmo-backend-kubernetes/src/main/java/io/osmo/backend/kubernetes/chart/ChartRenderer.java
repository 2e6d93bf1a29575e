// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.chart;

/**
 * Fetches and renders Helm charts; found by {@link java.util.ServiceLoader}. The module {@code osmo-backend-helm} has an implementation
 * that embeds Helm. A renderer only renders; this module plans, applies and records the result. Charts that are rendered manifests need
 * no renderer. Implementations must be safe for concurrent use.
 */
public interface ChartRenderer {
    /**
     * Fetches the chart, unless it is local, and renders it. Blocks; an interruption of the thread ends it within a second.
     *
     * @throws io.osmo.backend.error.ChartException when the chart cannot be fetched or rendered, or has another digest than the spec says
     * @throws io.osmo.backend.error.DeadlineExceededException when the deadline has passed
     * @throws io.osmo.backend.error.OperationCancelledException when the thread was interrupted
     */
    RenderedChart render(ChartRequest request);
}
