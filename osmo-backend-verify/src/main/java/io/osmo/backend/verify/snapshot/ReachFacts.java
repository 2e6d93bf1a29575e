// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.time.Instant;
import java.util.Optional;

/**
 * What came back when a pod of a pool asked an address.
 *
 * @param name pool and address, unique among these facts
 * @param pool pool that the pod ran in
 * @param url what was asked
 * @param answer what came back; unknown when the pod did not run to its end
 */
public record ReachFacts(String name, String pool, Target target, String url, Fact<Answer> answer) {
    /** What stands at the address. */
    public enum Target {
        /** The API of a container registry. */
        REGISTRY,
        /** The version of the OSMO service. */
        SERVICE,
        /** Where OSMO's operator opens its WebSocket. */
        WEBSOCKET,
        /** The Kubernetes API by the name that the cluster's DNS gives it. */
        CLUSTER_DNS
    }

    /**
     * An answer, or why there was none.
     *
     * @param exit exit code of curl, 0 when all went well
     * @param status HTTP status, 0 when there was no answer
     * @param tls version of TLS that was agreed on, such as {@code TLSv1.3}; empty when none or not told
     * @param certificateUntil when the first certificate of the chain expires; empty when there is none or it was not told
     * @param clockOffset by how many seconds the node's clock is ahead of the other end's; empty when that told no time
     * @param body beginning of the answer of the OSMO service; empty for others
     * @param error what curl said; empty when all went well
     */
    public record Answer(
            int exit,
            int status,
            String tls,
            Optional<Instant> certificateUntil,
            Optional<Long> clockOffset,
            String body,
            String error) {
        private static final int PROXY_NOT_RESOLVED = 5;
        private static final int NOT_RESOLVED = 6;
        private static final int HANDSHAKE_FAILED = 35;
        private static final int NOT_TRUSTED = 60;

        /** Whether DNS knew the name. */
        public boolean resolved() {
            return exit != NOT_RESOLVED && exit != PROXY_NOT_RESOLVED;
        }

        /** Whether the other end gave an answer by HTTP, whatever it says. */
        public boolean answered() {
            return status > 0;
        }

        /** Whether both ends found no version or cipher of TLS to agree on. */
        public boolean disagreed() {
            return exit == HANDSHAKE_FAILED;
        }

        /** Whether a certificate was shown that the pod's trust store does not vouch for, or no longer. */
        public boolean distrusted() {
            return exit == NOT_TRUSTED;
        }

        /** In a few words. */
        public String describe() {
            return answered() ? "HTTP " + status : error.isEmpty() ? "no answer, curl's exit code " + exit : error;
        }
    }

    @Override
    public String toString() {
        return "pool/" + pool + " to " + url;
    }
}
