// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.address;

import io.osmo.backend.cluster.Fact;

/**
 * A range of addresses in which a cloud places nodes or pods.
 *
 * @param name as the message calls it, such as {@code subnet-0ab (us-west-2a)}
 * @param free how many addresses nodes can still get
 */
public record AddressRange(String name, Fact<Long> free) {}
