// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.network;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A network plugin that does not know network policies ignores them. */
public final class PolicySupport extends AbstractCheck {
    private static final Predicate<String> ENFORCER = Pattern.compile(
                    "calico-node|cilium|anetd|azure-npm|antrea-agent|kube-router|weave-net")
            .asMatchPredicate();

    public PolicySupport() {
        super(
                "network.policy-support",
                "a network plugin that enforces the network policies of the OSMO namespaces",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().tenancy().networkPolicies(),
                policies -> given(evidence.snapshot().daemonSets(), daemonSets -> {
                    if (policies.isEmpty()) {
                        return skipped("no network policy in the OSMO namespaces");
                    }
                    List<String> enforcers = daemonSets.stream()
                            .filter(PolicySupport::enforces)
                            .map(WorkloadFacts::name)
                            .sorted()
                            .toList();
                    return enforcers.isEmpty()
                            ? breach(
                                            "none that is known to",
                                            "Switch enforcement on: enableNetworkPolicy of the VPC CNI, Dataplane V2 of GKE,"
                                                    + " networkPolicy of AKS.")
                                    .about(policies)
                            : pass(String.join(", ", enforcers));
                }));
    }

    private static boolean enforces(WorkloadFacts daemonSet) {
        return ENFORCER.test(daemonSet.name())
                || daemonSet.name().equals("aws-node")
                        && daemonSet.template().stream()
                                .flatMap(t -> t.containers().stream())
                                .anyMatch(c -> c.flag("enablenetworkpolicy").equals(Optional.of("true")));
    }
}
