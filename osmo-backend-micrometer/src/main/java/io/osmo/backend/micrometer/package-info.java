// SPDX-License-Identifier: Apache-2.0
/** Observes applies with Micrometer: {@link io.osmo.backend.micrometer.MicrometerProgress}. See {@code docs/events.md}. */
@NullMarked
package io.osmo.backend.micrometer;

import org.jspecify.annotations.NullMarked;
