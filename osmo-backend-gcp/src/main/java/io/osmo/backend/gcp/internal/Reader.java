// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

/** Observes one part of a backend on Google Cloud; calls go through {@link GcpContext#async}. */
@FunctionalInterface
public interface Reader extends io.osmo.backend.spi.support.Reader<GcpContext> {}
