// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.network;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** Kubernetes' own controller makes no load balancer when a node has two security groups with the cluster's tag. */
public final class EksLbSg extends AbstractCheck {
    private static final String CONTROLLER = "aws-load-balancer-controller";

    public EksLbSg() {
        super(
                "network.eks-lb-sg",
                "at most one security group with the cluster's tag on each node of EKS, or the AWS load balancer controller",
                Severity.INFO,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.network().flatMap(CloudFacts.NetworkFacts::firewalls), machines -> {
            Finding finding = each(
                    machines,
                    "machines of EKS",
                    m -> m.ids().size() <= 1,
                    m -> String.join(" and ", m.ids()),
                    "Take the tag kubernetes.io/cluster/… from all but one of them, or install " + CONTROLLER + ".");
            return finding.status() != severity().breach()
                    ? finding
                    : given(
                            evidence.snapshot().core().deployments(),
                            deployments ->
                                    deployments.stream().anyMatch(d -> d.name().contains(CONTROLLER))
                                            ? pass(CONTROLLER + " is installed")
                                            : finding);
        });
    }
}
