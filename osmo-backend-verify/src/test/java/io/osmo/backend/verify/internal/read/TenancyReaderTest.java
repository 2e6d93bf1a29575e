// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.internal.rules.Egress;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenancyReaderTest extends BadServer {
    private List<NetworkPolicyFacts> policies(String rule) {
        bodies.put(
                "/apis/networking.k8s.io/v1/namespaces/osmo-workflows/networkpolicies",
                ("{'metadata':{},'items':[{'metadata':{'name':'p','namespace':'osmo-workflows'},'spec':{'podSelector':{},"
                                + "'policyTypes':['Egress'],'egress':[" + rule + "]}}]}")
                        .replace('\'', '"'));
        return Egress.of(read().tenancy().networkPolicies().known().orElseThrow(), "osmo-workflows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'ports':[{'port':443}] | true",
                "'ports':[{'port':443,'protocol':'UDP'}] | false",
                "'ports':[{'port':1,'endPort':65535}] | true",
                "'ports':[{'port':1,'endPort':442}] | false",
                "'ports':[{'protocol':'UDP'}] | false",
                "'ports':[{'protocol':'TCP'}] | true",
                "'to':[{'ipBlock':{'cidr':'0.0.0.0/0'}}] | true"
            })
    void the_internet_is_reached_by_protocol_and_range_of_ports(String rule, boolean reached) {
        assertThat(Egress.toAddress(policies("{" + rule + "}"), "203.0.113.1", "TCP", 443))
                .isEqualTo(reached);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'matchLabels':{'kubernetes.io/metadata.name':'kube-system'} | {'port':53,'protocol':'UDP'} | true",
                "'matchLabels':{'kubernetes.io/metadata.name':'kube-system'} | {'port':'dns','protocol':'UDP'} | true",
                "'matchLabels':{'kubernetes.io/metadata.name':'kube-system'} | {'port':53} | false",
                "'matchExpressions':[{'key':'kubernetes.io/metadata.name','operator':'In','values':['x','kube-system']}]"
                        + " | {'port':53,'protocol':'UDP'} | true",
                "'matchExpressions':[{'key':'kubernetes.io/metadata.name','operator':'NotIn','values':['kube-system']}]"
                        + " | {'port':53,'protocol':'UDP'} | false"
            })
    void dns_is_reached_by_the_name_of_its_namespace_and_over_udp(String namespaces, String port, boolean reached) {
        String rule = "{'to':[{'namespaceSelector':{" + namespaces + "}}],'ports':[" + port + "]}";

        assertThat(Egress.toNamespace(policies(rule), "kube-system", "UDP", 53)).isEqualTo(reached);
    }
}
