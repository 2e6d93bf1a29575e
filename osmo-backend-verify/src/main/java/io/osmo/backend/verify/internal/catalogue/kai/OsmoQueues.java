// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

/** How OSMO names the queues of a backend: one above all, and one within it for each of its pools. */
final class OsmoQueues {
    private OsmoQueues() {}

    /** @param namespace that of the backend's workflows */
    static String top(String namespace) {
        return "osmo-default-" + namespace;
    }

    /** @param pool name of a pool of OSMO; empty for what the names of all of them begin with */
    static String of(String namespace, String pool) {
        return "osmo-pool-" + namespace + "-" + pool;
    }
}
