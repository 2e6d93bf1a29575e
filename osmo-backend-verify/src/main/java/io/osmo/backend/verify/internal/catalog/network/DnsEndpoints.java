// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;

/** NW-2: the listener exits when it cannot resolve a name. */
public final class DnsEndpoints extends AbstractCheck {

    /** Names of the DNS service, the last one that of RKE2. */
    private static final Set<String> SERVICES = Set.of("kube-dns", "coredns", "rke2-coredns-rke2-coredns");

    public DnsEndpoints() {
        super(
                "network.dns-endpoints",
                "a ready DNS server in the cluster",
                Requirement.NW_2,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().stack().endpoints(),
                endpoints -> given(evidence.allNodes(), nodes -> {
                    List<EndpointFacts> dns = endpoints.stream()
                            .filter(e -> e.namespace().equals("kube-system") && SERVICES.contains(e.service()))
                            .toList();
                    if (dns.isEmpty() && nodes.stream().anyMatch(DnsEndpoints::withoutPods)) {
                        return skipped("the cloud itself answers DNS");
                    }
                    if (dns.stream().anyMatch(e -> e.ready() > 0)) {
                        return pass(dns.stream().mapToInt(EndpointFacts::ready).sum() + " DNS servers are ready");
                    }
                    return breach(
                                    dns.isEmpty() ? "no service kube-dns in kube-system" : "no DNS server is ready",
                                    "kubectl -n kube-system get pods -l k8s-app=kube-dns")
                            .about(dns);
                }));
    }

    private static boolean withoutPods(NodeFacts node) {
        return CloudServices.any(service -> service.answersDns(node));
    }
}
