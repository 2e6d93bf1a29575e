// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the OSMO service says about a backend. Holds no token.
 *
 * @param service URL that was asked
 * @param backend name of the backend that was looked for
 * @param pool name of the pool that the spec names; empty without a spec
 * @param release release of OSMO that the spec names, if it does
 * @param version release of the service, such as {@code 6.4.0}
 * @param loginRefusal why the service does not accept the token; empty if it does
 * @param operatorTokenRefusal why the service does not accept the token that the operator uses; empty if it does
 * @param registration what the service knows about the backend; empty if it does not know the name
 * @param heartbeatAdvances whether a new heartbeat arrived during the verification; false before the operator's first connection
 * @param pools pools of this backend, and the one that the spec names
 */
public record OsmoFacts(
        String service,
        String backend,
        Optional<String> pool,
        Optional<String> release,
        Fact<String> version,
        Fact<Optional<String>> loginRefusal,
        Fact<Optional<String>> operatorTokenRefusal,
        Fact<Optional<Registration>> registration,
        Fact<Boolean> heartbeatAdvances,
        Fact<List<Pool>> pools) {
    public OsmoFacts {
        pools = pools.map(List::copyOf);
    }

    /**
     * A backend as the service knows it.
     *
     * @param version release of the operator that connected last; empty before the first contact
     * @param clusterUid UID of the namespace {@code kube-system} that the name is bound to; empty before the first contact
     * @param namespace namespace of its workflows; empty before the first contact
     * @param routerAddress where {@code exec} and port forwarding go; empty when none is set
     * @param lastHeartbeat when the operator last reported, by the clock of its node
     */
    public record Registration(
            String version,
            String clusterUid,
            String namespace,
            String routerAddress,
            Optional<Instant> lastHeartbeat) {
        /** Whether an operator has ever connected. */
        public boolean bound() {
            return !clusterUid.isEmpty();
        }
    }

    /**
     * A pool of the service.
     *
     * @param status {@code ONLINE}, {@code OFFLINE} or {@code MAINTENANCE}
     * @param backend name of the backend that it belongs to
     * @param defaultPlatform platform of tasks that name none; empty when there is none
     * @param platforms names of its platforms
     * @param gpus GPUs of its nodes, as the service counts them
     * @param nodes hostnames of its nodes
     * @param roles roles of users who may submit workflows to it
     */
    public record Pool(
            String name,
            String status,
            String backend,
            String defaultPlatform,
            List<String> platforms,
            Fact<Integer> gpus,
            Fact<List<String>> nodes,
            Fact<List<String>> roles) {
        public Pool {
            platforms = List.copyOf(platforms);
            nodes = nodes.map(List::copyOf);
            roles = roles.map(List::copyOf);
        }

        public boolean online() {
            return status.equals("ONLINE");
        }

        /** Kind and name, as reports name it. */
        @Override
        public String toString() {
            return "pool/" + name;
        }
    }

    /** The pools that belong to this backend. */
    public Fact<List<Pool>> ownPools() {
        return pools.map(
                all -> all.stream().filter(p -> p.backend().equals(backend)).toList());
    }
}
