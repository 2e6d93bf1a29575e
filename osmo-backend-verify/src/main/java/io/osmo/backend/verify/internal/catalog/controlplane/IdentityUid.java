// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** OSMO binds the name of a backend to the UID of kube-system. */
public final class IdentityUid extends AbstractCheck {

    public IdentityUid() {
        super(
                "control-plane.identity-uid",
                "a readable UID of the namespace kube-system",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().core().namespaces(),
                namespaces -> namespaces.stream()
                        .filter(n -> n.name().equals("kube-system") && !n.uid().isEmpty())
                        .findFirst()
                        .map(n -> pass(n.uid()))
                        .orElseGet(() -> breach(
                                "no namespace kube-system with a UID",
                                "Contact the cloud's support: every cluster has one.")));
    }
}
