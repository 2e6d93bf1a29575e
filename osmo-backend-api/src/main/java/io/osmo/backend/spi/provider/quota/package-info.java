// SPDX-License-Identifier: Apache-2.0
/**
 * Whether an account may have what a backend is going to use: one check for all providers. A provider supplies a {@code QuotaSource}.
 */
@NullMarked
package io.osmo.backend.spi.provider.quota;

import org.jspecify.annotations.NullMarked;
