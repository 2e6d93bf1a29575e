// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Nodes are in the cluster, but nothing gives their pods addresses. */
final class NetworkPluginMissing implements JoinCause<JoinFacts> {
    private static final Pattern UNHEALTHY = Pattern.compile("Unhealthy nodes in the kubernetes cluster");

    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.said(UNHEALTHY)
                .filter(said -> evidence.facts()
                        .instances()
                        .known()
                        .filter(List::isEmpty)
                        .isPresent())
                .map(said -> new Cause(
                        "network-plugin-missing",
                        "Nodes have joined but are not healthy: their network plugin (DaemonSet aws-node) does not run.",
                        "Check the add-on vpc-cni; if it is the backend's, plan and apply again to install it."));
    }
}
