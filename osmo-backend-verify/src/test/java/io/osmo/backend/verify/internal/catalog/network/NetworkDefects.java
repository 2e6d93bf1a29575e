// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.EndpointFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One defect for each check of the network that needs no probe. */
public final class NetworkDefects {
    public static final List<Defect> ALL = List.of(
            defect(
                    "network.eks-lb-sg",
                    WARN,
                    c -> c.firewalls.add(new CloudFacts.Firewalls("i-2", List.of("sg-cluster", "sg-old"))),
                    "firewalls"),
            defect("network.vpc", FAIL, c -> c.freeAddresses = 10, "network"),
            defect("network.egress-route", FAIL, c -> c.egress = Fact.of(Optional.empty()), "network"),
            defect(
                    "network.node-pod-overlap",
                    FAIL,
                    c -> c.node("cpu-0", n -> {
                        n.podCidrs = List.of("10.1.0.0/24");
                        n.ips = List.of("10.1.0.7");
                    }),
                    "nodes"),
            defect(
                    "network.service-url-shape",
                    FAIL,
                    c -> c.expectations = c.expectations.withServiceUrl("https://osmo.example.com/osmo"),
                    Map.of("operator.service-url", FAIL)),
            defect("network.api-authorized-ranges", WARN, c -> c.publicCidrs = List.of("0.0.0.0/0"), "controlPlane"),
            defect(
                    "network.dns-endpoints",
                    FAIL,
                    c -> c.endpoints.set(0, new EndpointFacts("kube-system", "kube-dns", 0)),
                    "endpoints"),
            defect("network.policy-support", WARN, c -> c.daemonSets.remove(0), "networkPolicies"),
            defect(
                    "network.policy-cidrs",
                    WARN,
                    c -> c.networkPolicies.set(
                            0,
                            KubeObjects.policy(
                                    "osmo-workflow-network-policy",
                                    "osmo-workflows",
                                    new NetworkPolicyFacts.Rule(List.of(), List.of(), List.of()))),
                    "networkPolicies"),
            defect(
                    "network.policy-dns",
                    FAIL,
                    c -> c.networkPolicies.set(
                            0,
                            KubeObjects.policy(
                                    "osmo-workflow-network-policy",
                                    "osmo-workflows",
                                    c.networkPolicies.get(0).rules().get(0))),
                    "networkPolicies"),
            defect(
                    "network.default-deny",
                    WARN,
                    c -> c.networkPolicies.add(KubeObjects.policy("deny", "osmo-operator")),
                    "networkPolicies"),
            defect("network.ipv6", WARN, c -> c.node("cpu-0", n -> n.ips = List.of("fd00::7")), "nodes"));

    private NetworkDefects() {}
}
