// SPDX-License-Identifier: Apache-2.0
/** Estimates what a backend costs. All providers share the estimator; each supplies a {@code PriceSource}. */
@NullMarked
package io.osmo.backend.spi.provider.cost;

import org.jspecify.annotations.NullMarked;
