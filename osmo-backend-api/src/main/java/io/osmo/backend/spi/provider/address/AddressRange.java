// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.address;

import io.osmo.backend.cluster.Fact;

/**
 * A range of addresses in which a cloud places nodes or pods.
 *
 * @param name name of the range in messages, such as {@code subnet-0ab (us-west-2a)}; unique among the ranges of a backend
 * @param free number of addresses that are still free; unknown if it could not be read
 */
public record AddressRange(String name, Fact<Long> free) {}
