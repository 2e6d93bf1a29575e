// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudService;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * CP-1: judged by the provider id and the kubelet build of each node. A node that the cloud has not initialized yet has no id; it is
 * ignored as long as other nodes have one.
 */
public final class ManagedService extends AbstractCheck {

    public ManagedService() {
        super(
                "control-plane.managed-service",
                "a cluster run by " + CloudServices.names(),
                Requirement.CP_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.nodes(), all -> {
            if (all.isEmpty()) {
                return given(
                        evidence.snapshot().server().version(),
                        version -> CloudServices.builderOf(version)
                                .map(service -> pass(service.name() + ", by its version"))
                                .orElseGet(() -> unknown("no node shows which service runs the cluster")));
            }
            List<NodeFacts> telling =
                    all.stream().filter(n -> !n.providerId().isEmpty()).toList();
            List<NodeFacts> nodes = telling.isEmpty() ? all : telling;
            Set<Optional<CloudService>> services =
                    nodes.stream().map(CloudServices::running).collect(Collectors.toSet());
            Optional<CloudService> first = services.iterator().next();
            if (services.size() == 1 && first.isPresent()) {
                return pass(first.get().name());
            }
            return each(
                    nodes,
                    "nodes",
                    n -> CloudServices.running(n).isPresent(),
                    n -> "providerID '" + n.providerId() + "' with kubelet " + n.kubeletVersion(),
                    "Use a cluster of a managed service, or OSMO's guide for on-premises backends.");
        });
    }
}
