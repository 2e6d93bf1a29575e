// SPDX-License-Identifier: Apache-2.0
/**
 * What verification knows about managed Kubernetes services: one class per service, listed in {@link
 * io.osmo.backend.verify.internal.cloud.CloudServices}. No other package of this module names a cloud. Dates of retirement are data
 * with their source, in {@code retirements.json}.
 */
@NullMarked
package io.osmo.backend.verify.internal.cloud;

import org.jspecify.annotations.NullMarked;
