// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The answer to a request that a pod of a pool sent to an address.
 *
 * @param name pool and address, unique among these facts
 * @param pool pool that the pod ran in
 * @param url what was requested
 * @param answer unknown when the pod did not run to its end
 */
public record ReachFacts(String name, String pool, Target target, String url, Fact<Answer> answer) {
    /** What is at the address. */
    public enum Target {
        /** The API of a container registry. */
        REGISTRY,
        /** The version of the OSMO service. */
        SERVICE,
        /** Where OSMO's operator opens its WebSocket. */
        WEBSOCKET,
        /** The Kubernetes API by its name in the cluster's DNS. */
        CLUSTER_DNS
    }

    /**
     * An answer, or why there was none.
     *
     * @param exit exit code of curl; 0 on success
     * @param status HTTP status; 0 when there was no answer
     * @param tls TLS version of the connection, such as {@code TLSv1.3}; empty when there is none or it is not known
     * @param certificateUntil when the first certificate of the chain expires; empty when there is none or it is not known
     * @param clockOffset by how many seconds the node's clock is ahead of the server's; empty when the server sent no time
     * @param body beginning of the body, of the OSMO service only; otherwise empty
     * @param error error message of curl; empty on success
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
        private static final int REFUSED = 7;
        private static final int TIMED_OUT = 28;
        private static final int HANDSHAKE_FAILED = 35;
        private static final int NOT_TRUSTED = 60;
        /** Exit codes of curl, and of a shell without curl, that say nothing about the other end. */
        private static final Set<Integer> NOT_TRIED = Set.of(1, 2, 3, 4, 23, 26, 27, 43, 48, 77, 126, 127);

        private static final Pattern NO_COMMON_TLS = Pattern.compile(
                "(?i)protocol version|unsupported protocol|no protocols available|handshake failure|no shared cipher"
                        + "|no cipher match|insufficient security|version too low|internal error");
        private static final Pattern PLAIN_HTTP =
                Pattern.compile("(?i)wrong version number|http request|packet length too long");
        /** Left out: different durations would make the same cause look like several. */
        private static final Pattern DURATION = Pattern.compile(" after \\d+ (ms|milliseconds|seconds)");

        /** Whether curl tried at all; otherwise the answer says nothing about the other end. */
        public boolean tried() {
            return !NOT_TRIED.contains(exit);
        }

        /** Whether DNS resolved the name. If no DNS server answers, curl's exit code is that of a timeout. */
        public boolean resolved() {
            return exit != NOT_RESOLVED && exit != PROXY_NOT_RESOLVED && !dnsTimedOut();
        }

        /** Whether no DNS server answered in time. */
        public boolean dnsTimedOut() {
            return exit == TIMED_OUT && error.contains("Resolving timed out");
        }

        /** Whether the name that could not be resolved is that of a proxy. */
        public boolean lacksProxy() {
            return exit == PROXY_NOT_RESOLVED;
        }

        /** Whether the connection was refused, or there is no route. */
        public boolean refused() {
            return exit == REFUSED && !error.contains("Timeout was reached");
        }

        /** Whether the other end, or something in between, ended the connection. */
        public boolean reset() {
            return !answered()
                    && (error.contains("reset by peer")
                            || error.contains("Empty reply")
                            || error.contains("SSL_ERROR_SYSCALL")
                            || error.contains("unexpected eof"));
        }

        /** Whether the other end speaks HTTP where TLS is expected. */
        public boolean unencrypted() {
            return exit == HANDSHAKE_FAILED && PLAIN_HTTP.matcher(error).find();
        }

        /** Whether there was an HTTP answer, of any status. */
        public boolean answered() {
            return status > 0;
        }

        /** Whether client and server have no TLS version or cipher in common. */
        public boolean disagreed() {
            return exit == HANDSHAKE_FAILED && NO_COMMON_TLS.matcher(error).find();
        }

        /** Whether the certificate has expired, or is not signed by an authority that the pod trusts. */
        public boolean distrusted() {
            return exit == NOT_TRUSTED;
        }

        /** In a few words, for a report. */
        public String describe() {
            return answered()
                    ? "HTTP " + status
                    : error.isEmpty()
                            ? "no answer, curl's exit code " + exit
                            : DURATION.matcher(error).replaceAll("");
        }
    }

    @Override
    public String toString() {
        return "pool/" + pool + " to " + url;
    }
}
