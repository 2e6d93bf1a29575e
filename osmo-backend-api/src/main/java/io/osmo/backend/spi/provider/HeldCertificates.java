// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.diagnosis.Cause;
import java.util.Optional;

/**
 * Kubelets wait for the approval of certificates. Without a client certificate a node does not register; without a serving certificate,
 * logs and commands of its pods fail.
 *
 * @param <F> evidence that only one cloud has
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/">Kubernetes: TLS bootstrapping</a>
 */
public final class HeldCertificates<F> implements JoinCause<F> {
    @Override
    public Optional<Cause> in(JoinEvidence<F> evidence) {
        return evidence.nodes()
                .known()
                .filter(nodes -> nodes.awaitCertificates() || evidence.lacksNodes())
                .flatMap(nodes -> nodes.pending().stream().findFirst())
                .map(held -> new Cause(
                        "certificate-not-approved",
                        "Nodes wait for certificates: nothing approves request " + held.name() + " of "
                                + held.requestor() + ".",
                        "Find out why the approver of the cluster does not approve it (kubectl describe csr "
                                + held.name()
                                + "), and approve it if the node is yours: kubectl certificate approve "
                                + held.name() + "."));
    }
}
