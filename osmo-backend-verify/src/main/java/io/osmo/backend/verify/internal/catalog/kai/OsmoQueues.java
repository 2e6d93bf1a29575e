// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

/** Names of the queues that OSMO creates for a backend: a parent queue, and one below it for each pool. */
public final class OsmoQueues {
    private OsmoQueues() {}

    /** @param namespace namespace of the backend's workflows */
    public static String top(String namespace) {
        return "osmo-default-" + namespace;
    }

    /** @param pool name of a pool in OSMO; empty for the common prefix of all of them */
    public static String of(String namespace, String pool) {
        return "osmo-pool-" + namespace + "-" + pool;
    }
}
