// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.NamespaceFacts;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.OsmoFacts.Registration;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;

/** The service binds a name to the first cluster that connects, by the UID of kube-system, and refuses all others. */
public final class BackendUid extends OsmoCheck {
    public BackendUid() {
        super(
                "osmo.backend-uid",
                "the backend's name bound to this cluster in the OSMO service",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return given(evidence.snapshot().core().namespaces(), namespaces -> {
            String own = namespaces.stream()
                    .filter(n -> n.name().equals("kube-system"))
                    .map(NamespaceFacts::uid)
                    .findFirst()
                    .orElse("");
            return own.isEmpty()
                    ? unknown("the UID of kube-system is not known")
                    : given(osmo.registration(), found -> judge(osmo, found, own));
        });
    }

    private Finding judge(OsmoFacts osmo, Optional<Registration> found, String own) {
        if (found.isEmpty()) {
            return skipped("the OSMO service knows no backend " + osmo.backend());
        }
        String bound = found.get().clusterUid();
        if (bound.isEmpty()) {
            return breach(
                    "no operator has connected as " + osmo.backend() + " yet",
                    "Install the operator, or see why it does not connect: kubectl logs of its two deployments.");
        }
        return bound.equals(own)
                ? pass(bound)
                : breach(
                        osmo.backend() + " is bound to the cluster " + bound + ", and this one is " + own,
                        "Give this cluster another osmo.backendName, declare that in the OSMO service, and upgrade the operator. Only a 6.3"
                                + " service with a database releases a name, by deleting the backend.");
    }
}
