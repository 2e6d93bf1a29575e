// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

/** Observes one part of a backend on AWS; calls go through {@link AwsContext#async}. */
@FunctionalInterface
public interface Reader extends io.osmo.backend.spi.support.Reader<AwsContext> {}
