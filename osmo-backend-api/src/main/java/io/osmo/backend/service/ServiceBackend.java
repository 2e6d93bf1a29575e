// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.time.Instant;
import java.util.Optional;

/**
 * A backend as the OSMO service knows it.
 *
 * @param version release of the operator that connected last; empty before the first contact
 * @param clusterUid UID of the namespace {@code kube-system} of the cluster that the name is bound to; empty before the first contact
 * @param namespace namespace of its workflows; empty before the first contact
 * @param routerAddress where {@code exec} and port forwarding go, such as {@code wss://osmo.example.com}; empty when none is set
 * @param lastHeartbeat when the operator last reported, by the clock of its node. A service with a file of backends names its own time
 *     before the first contact
 * @param online whether the last heartbeat is at most two minutes old. A service with a file of backends says so before the first contact
 *     too: {@link ServicePool#online} is reliable
 */
public record ServiceBackend(
        String name,
        String description,
        String version,
        String clusterUid,
        String namespace,
        String routerAddress,
        Optional<Instant> lastHeartbeat,
        boolean online) {
    /** Whether an operator has ever connected under this name. */
    public boolean bound() {
        return !clusterUid.isEmpty();
    }

    @Override
    public String toString() {
        return "backend/" + name;
    }
}
