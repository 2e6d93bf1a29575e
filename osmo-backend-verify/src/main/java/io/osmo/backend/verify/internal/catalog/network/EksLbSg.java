// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;

/** The controller in Kubernetes creates no load balancer if a node has two security groups with the cluster's tag. */
public final class EksLbSg extends AbstractCheck {
    public EksLbSg() {
        super(
                "network.eks-lb-sg",
                "at most one security group with the cluster's tag on each node, or a load balancer controller that accepts several",
                Severity.INFO,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        Optional<String> controller = CloudServices.of(evidence.snapshot()).loadBalancerController();
        return given(evidence.network().flatMap(CloudFacts.NetworkFacts::firewalls), machines -> {
            Finding finding = each(
                    machines,
                    "machines",
                    m -> m.ids().size() <= 1,
                    m -> String.join(" and ", m.ids()),
                    "Remove the tag kubernetes.io/cluster/… from all but one of them"
                            + controller.map(name -> ", or install " + name).orElse("") + ".");
            return finding.status() != severity().breach() || controller.isEmpty()
                    ? finding
                    : given(
                            evidence.snapshot().core().deployments(),
                            deployments ->
                                    deployments.stream().anyMatch(d -> d.name().contains(controller.get()))
                                            ? pass(controller.get() + " is installed")
                                            : finding);
        });
    }
}
