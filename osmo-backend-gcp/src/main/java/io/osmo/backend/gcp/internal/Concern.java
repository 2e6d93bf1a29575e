// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

/** One part of a backend on Google Cloud. */
public interface Concern extends io.osmo.backend.spi.support.Concern<GcpContext> {}
