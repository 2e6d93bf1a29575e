// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

/**
 * The GPUs of a pool, as the service counts them. GPUs of nodes that several pools share are counted for each of these pools.
 *
 * @param pool name of the pool
 * @param capacity number of GPUs on all nodes of the pool
 * @param free number of GPUs that are not in use
 * @param quota number of GPUs that the pool is guaranteed
 */
public record GpuUsage(String pool, int capacity, int free, int quota) {
    @Override
    public String toString() {
        return "pool/" + pool;
    }
}
