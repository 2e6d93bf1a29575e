// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;
import org.semver4j.Semver;

/** CP-2: Kubernetes supports kubelets up to three minor versions behind the API server, never ahead of it. */
public final class KubeletSkew extends AbstractCheck {

    public KubeletSkew() {
        super(
                "control-plane.kubelet-skew",
                "kubelets 1.30 or newer, at most 3 minor versions behind the API server, none ahead of it",
                Requirement.CP_2,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().server().version(),
                text -> given(evidence.nodes(), nodes -> {
                    Optional<Semver> server = Versions.parse(text);
                    if (server.isEmpty()) {
                        return unknown("'" + text + "' is not a version");
                    }
                    return each(
                            nodes,
                            "nodes",
                            n -> Versions.parse(n.kubeletVersion())
                                    .filter(kubelet -> supported(kubelet, server.get()))
                                    .isPresent(),
                            n -> "kubelet " + n.kubeletVersion() + " with API server " + text,
                            "Upgrade the node pools to the version of the control plane.");
                }));
    }

    private static boolean supported(Semver kubelet, Semver server) {
        int behind = server.getMinor() - kubelet.getMinor();
        return kubelet.getMajor() == server.getMajor() && behind >= 0 && behind <= 3 && kubelet.getMinor() >= 30;
    }
}
