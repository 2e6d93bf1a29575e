// SPDX-License-Identifier: Apache-2.0
/** What a backend costs: one estimate for all providers. A provider supplies a {@code PriceSource}. */
@NullMarked
package io.osmo.backend.spi.provider.cost;

import org.jspecify.annotations.NullMarked;
