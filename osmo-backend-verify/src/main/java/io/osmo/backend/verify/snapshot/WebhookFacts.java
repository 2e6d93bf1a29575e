// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An admission webhook.
 *
 * @param configuration object that declares it, such as {@code validating/validating-kai-admission}
 * @param service namespace and name of the service that is called; empty when a URL is called
 * @param certified whether it has a certificate authority to verify the service with
 * @param required whether requests are refused when it does not answer
 * @param bundle its certificate authorities; {@link Bundle#EMPTY} if it has none
 * @param namespaces the namespaces of OSMO in which it is called for every new pod
 * @param conditional whether it is called only under conditions that are not evaluated here
 * @param endpoints how many ready addresses its service has; unknown where they are not read
 */
public record WebhookFacts(
        String configuration,
        String service,
        boolean certified,
        boolean required,
        Fact<Bundle> bundle,
        Fact<Set<String>> namespaces,
        Fact<Boolean> conditional,
        Fact<Integer> endpoints) {
    public WebhookFacts {
        namespaces = namespaces.map(Set::copyOf);
    }

    /**
     * Certificate authorities with which the API server verifies the webhook's server.
     *
     * @param certificates how many there are
     * @param authorities how many of them may sign others
     * @param selfSigned how many of the others are signed by themselves, and so prove only themselves
     * @param until when the last usable certificate expires; empty if none is usable
     */
    public record Bundle(int certificates, int authorities, int selfSigned, Optional<Instant> until) {
        public static final Bundle EMPTY = new Bundle(0, 0, 0, Optional.empty());
    }

    @Override
    public String toString() {
        return configuration;
    }
}
