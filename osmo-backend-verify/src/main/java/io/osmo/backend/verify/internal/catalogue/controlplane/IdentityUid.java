// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** The UID of kube-system is the identity that OSMO binds the backend name to. */
public final class IdentityUid extends AbstractCheck {

    public IdentityUid() {
        super(
                "control-plane.identity-uid",
                "the UID of namespace kube-system can be read",
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
                                "no namespace kube-system with a UID", "Ask the cloud: every cluster has one.")));
    }
}
