// SPDX-License-Identifier: Apache-2.0
/**
 * Checks that subnets have enough free addresses for the nodes of a backend and their pods. All providers share the check; each
 * supplies an {@code AddressSource}.
 */
@NullMarked
package io.osmo.backend.spi.provider.address;

import org.jspecify.annotations.NullMarked;
