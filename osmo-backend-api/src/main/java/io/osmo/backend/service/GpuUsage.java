// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

/**
 * GPUs of a pool. Pools that share nodes each count those that they share.
 *
 * @param capacity on all nodes of the pool
 * @param free not used by anything
 * @param quota what the pool is guaranteed
 */
public record GpuUsage(String pool, int capacity, int free, int quota) {
    @Override
    public String toString() {
        return "pool/" + pool;
    }
}
