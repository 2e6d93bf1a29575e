// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;

/**
 * The capacity reservations that a spec names; an attachment of the inventory.
 *
 * @param found by id
 * @param unread ids of those that the caller may not read
 * @param running nodes of each pool that exist already, by pool: they hold their places
 * @param readAt when they were read
 */
public record Reservations(
        Map<String, CapacityReservation> found, Set<String> unread, Map<String, Integer> running, Instant readAt) {
    public Reservations {
        found = Map.copyOf(found);
        unread = Set.copyOf(unread);
        running = Map.copyOf(running);
    }
}
