// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * CP-1: by the provider id of each node and its build of the kubelet. A node that the cloud has not initialised yet has no id
 * and tells nothing, as long as others do.
 */
public final class ManagedService extends AbstractCheck {

    public ManagedService() {
        super(
                "control-plane.managed-service",
                "a cluster run by EKS, GKE or AKS",
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
                        version -> ManagedServices.ofVersion(version)
                                .map(service -> pass(service + ", by its version"))
                                .orElseGet(() -> unknown("no node says who runs it")));
            }
            List<NodeFacts> telling =
                    all.stream().filter(n -> !n.providerId().isEmpty()).toList();
            List<NodeFacts> nodes = telling.isEmpty() ? all : telling;
            Set<String> services =
                    nodes.stream().flatMap(n -> ManagedServices.of(n).stream()).collect(Collectors.toSet());
            if (services.size() == 1
                    && nodes.stream().allMatch(n -> ManagedServices.of(n).isPresent())) {
                return pass(services.iterator().next());
            }
            return each(
                    nodes,
                    "nodes",
                    n -> ManagedServices.of(n).isPresent(),
                    n -> "providerID '" + n.providerId() + "' with kubelet " + n.kubeletVersion(),
                    "Use a cluster of a managed service, or OSMO's guide for on-premises backends.");
        });
    }
}
