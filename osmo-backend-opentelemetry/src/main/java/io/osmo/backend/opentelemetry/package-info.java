// SPDX-License-Identifier: Apache-2.0
/** Traces applies with OpenTelemetry: {@link io.osmo.backend.opentelemetry.OpenTelemetryProgress}. See {@code docs/events.md}. */
@NullMarked
package io.osmo.backend.opentelemetry;

import org.jspecify.annotations.NullMarked;
