// SPDX-License-Identifier: Apache-2.0
/**
 * Checks that an account's quotas suffice for a backend. All providers share the check; each supplies a {@code QuotaSource}.
 */
@NullMarked
package io.osmo.backend.spi.provider.quota;

import org.jspecify.annotations.NullMarked;
