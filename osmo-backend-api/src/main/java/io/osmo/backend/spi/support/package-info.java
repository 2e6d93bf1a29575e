// SPDX-License-Identifier: Apache-2.0
/** What is left of the first cut of providers, until all of them are written on {@code spi.provider}. */
@NullMarked
package io.osmo.backend.spi.support;

import org.jspecify.annotations.NullMarked;
