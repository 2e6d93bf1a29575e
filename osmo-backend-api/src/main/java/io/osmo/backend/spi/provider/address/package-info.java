// SPDX-License-Identifier: Apache-2.0
/**
 * Whether subnets have room for the nodes of a backend and their pods: one check for all providers. A provider supplies an
 * {@code AddressSource}.
 */
@NullMarked
package io.osmo.backend.spi.provider.address;

import org.jspecify.annotations.NullMarked;
