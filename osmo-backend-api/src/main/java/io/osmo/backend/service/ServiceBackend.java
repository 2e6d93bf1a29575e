// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import java.time.Instant;
import java.util.Optional;

/**
 * A backend as the OSMO service knows it.
 *
 * @param name name of the backend
 * @param version release of the operator that connected last; empty before the first connection
 * @param clusterUid UID of the namespace {@code kube-system} of the cluster that the name is bound to; empty before the first connection
 * @param namespace namespace of its workflows; empty before the first connection
 * @param routerAddress address for {@code exec} and port forwarding, such as {@code wss://osmo.example.com}; empty if none is set
 * @param lastHeartbeat time of the operator's last heartbeat, by the clock of its node. Before the first connection, a service that reads
 *     its backends from a file returns its own current time
 * @param online whether the last heartbeat is at most two minutes old. A service that reads its backends from a file returns true even
 *     before the first connection; {@link ServicePool#online} is reliable
 */
public record ServiceBackend(
        String name,
        String description,
        Optional<String> version,
        Optional<String> clusterUid,
        Optional<String> namespace,
        Optional<String> routerAddress,
        Optional<Instant> lastHeartbeat,
        boolean online) {
    /** Whether an operator has ever connected under this name. */
    public boolean bound() {
        return clusterUid.isPresent();
    }

    @Override
    public String toString() {
        return "backend/" + name;
    }
}
