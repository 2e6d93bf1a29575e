// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * A Deployment or a DaemonSet.
 *
 * @param wanted pods that it wants
 * @param ready pods of it that are ready
 */
public record WorkloadFacts(String namespace, String name, int wanted, int ready) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
