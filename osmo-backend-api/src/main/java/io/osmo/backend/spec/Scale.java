// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/**
 * Bounds of a pool's autoscaling, counted over the whole pool and not per zone.
 *
 * @param min nodes that always run, at least 0
 * @param max nodes at most, at least 1
 * @param initial nodes when the pool is created, between min and max
 */
public record Scale(int min, int max, int initial) {}
