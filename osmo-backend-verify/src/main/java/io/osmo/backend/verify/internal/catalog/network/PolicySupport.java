// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A network plugin without support for network policies ignores them. */
public final class PolicySupport extends AbstractCheck {
    private static final Predicate<String> ENFORCER = Pattern.compile(
                    "calico-node|(rke2-)?canal|cilium|antrea-agent|kube-router|weave-net|kindnet|kube-ovn-cni|ovnkube-node.*")
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
                policies -> given(
                        evidence.allNodes(),
                        nodes -> given(evidence.snapshot().core().daemonSets(), daemonSets -> {
                            if (policies.isEmpty()) {
                                return skipped("no network policy in the OSMO namespaces");
                            }
                            List<WorkloadFacts> plugins = daemonSets.stream()
                                    .filter(PolicySupport::enforces)
                                    .toList();
                            if (!plugins.isEmpty() && plugins.stream().allMatch(plugin -> plugin.ready() == 0)) {
                                WorkloadFacts first = plugins.get(0);
                                return breach(
                                                "no pod of " + first.name() + " is ready",
                                                "kubectl -n " + first.namespace() + " describe daemonset "
                                                        + first.name())
                                        .about(plugins);
                            }
                            List<String> enforcers = plugins.stream()
                                    .map(WorkloadFacts::name)
                                    .sorted()
                                    .toList();
                            if (enforcers.isEmpty() && nodes.stream().anyMatch(PolicySupport::builtIn)) {
                                return unknown(
                                        "the nodes have a built-in network plugin that does not report whether it enforces policies");
                            }
                            return enforcers.isEmpty()
                                    ? breach(
                                                    "no DaemonSet of a plugin that is known to enforce policies",
                                                    CloudServices.remedy(
                                                            evidence.snapshot(), Remedy.ENFORCE_NETWORK_POLICIES))
                                            .about(policies)
                                    : pass(String.join(", ", enforcers));
                        })));
    }

    /** K3s enforces policies by default, without a DaemonSet. */
    private static boolean builtIn(NodeFacts node) {
        return node.kubeletVersion().contains("+k3s") || CloudServices.any(service -> service.hidesNetworkPlugin(node));
    }

    private static boolean enforces(WorkloadFacts daemonSet) {
        return ENFORCER.test(daemonSet.name()) || CloudServices.any(service -> service.enforcesPolicies(daemonSet));
    }
}
