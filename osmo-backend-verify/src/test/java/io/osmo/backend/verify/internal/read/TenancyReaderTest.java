// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.rules.Egress;
import io.osmo.backend.verify.snapshot.ApiServiceFacts;
import io.osmo.backend.verify.snapshot.LimitRangeFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenancyReaderTest extends BadServer {
    /** As the API server shows it, with the default that it has made of the maximum. */
    @Test
    void a_limit_range_is_read_with_all_its_amounts() {
        bodies.put(
                "/api/v1/namespaces/osmo-workflows/limitranges",
                ("{'metadata':{},'items':[{'metadata':{'name':'l','namespace':'osmo-workflows'},'spec':{'limits':[{"
                                + "'type':'Container','max':{'nvidia.com/gpu':'8'},'min':{'cpu':'10m'},'default':{'nvidia.com/gpu':'8'},"
                                + "'defaultRequest':{'nvidia.com/gpu':'8'},'maxLimitRequestRatio':{'cpu':'4'}}]}}]}")
                        .replace('\'', '"'));

        assertThat(read().tenancy().limitRanges())
                .isEqualTo(Fact.of(List.of(new LimitRangeFacts(
                        "osmo-workflows",
                        "l",
                        List.of(new LimitRangeFacts.Limit(
                                "Container",
                                Map.of("nvidia.com/gpu", "8"),
                                Map.of("cpu", "10m"),
                                Map.of("nvidia.com/gpu", "8"),
                                Map.of("nvidia.com/gpu", "8"),
                                Map.of("cpu", "4")))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'scopes':['NotBestEffort'] | NotBestEffort | ''",
                "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['osmo-high']}]}"
                        + " | PriorityClass | osmo-high",
                "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'NotIn','values':['a']}]}"
                        + " | not PriorityClass a | ''",
                "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'Exists'}]} | PriorityClass | ''",
                "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'DoesNotExist'}]}"
                        + " | not PriorityClass | ''"
            })
    void a_quota_is_read_with_the_pods_that_it_counts(String spec, String scope, String priorityClass) {
        bodies.put(
                "/api/v1/namespaces/osmo-workflows/resourcequotas",
                ("{'metadata':{},'items':[{'metadata':{'name':'q','namespace':'osmo-workflows'},'spec':{" + spec
                                + "}}]}")
                        .replace('\'', '"'));

        assertThat(read().tenancy().quotas().known().orElseThrow())
                .singleElement()
                .satisfies(quota -> {
                    assertThat(quota.scopes()).isEqualTo(Fact.of(Set.of(scope)));
                    assertThat(quota.priorityClasses())
                            .isEqualTo(priorityClass.isEmpty() ? Set.of() : Set.of(priorityClass));
                });
    }

    @Test
    void of_the_annotations_of_a_namespace_only_those_on_sidecars_are_kept() {
        bodies.put(
                "/api/v1/namespaces",
                ("{'metadata':{},'items':[{'metadata':{'name':'n','annotations':{'linkerd.io/inject':'enabled',"
                                + "'secret':'x'}}}]}")
                        .replace('\'', '"'));

        assertThat(read().core().namespaces().known().orElseThrow().get(0).annotations())
                .isEqualTo(Fact.of(Map.of("linkerd.io/inject", "enabled")));
    }

    @Test
    void of_the_parts_of_the_api_those_that_another_server_should_answer_for_are_kept() {
        String unavailable =
                "'status':{'conditions':[{'type':'Available','status':'False','reason':'MissingEndpoints'}]}";
        bodies.put(
                "/apis/apiregistration.k8s.io/v1/apiservices",
                ("{'metadata':{},'items':[{'metadata':{'name':'v1.apps'},'spec':{}," + unavailable + "},"
                                + "{'metadata':{'name':'v1.new'},'spec':{'service':{'namespace':'n','name':'s'}}},"
                                + "{'metadata':{'name':'v1.good'},'spec':{'service':{'namespace':'n','name':'s'}},"
                                + "'status':{'conditions':[{'type':'Available','status':'True'}]}},"
                                + "{'metadata':{'name':'v1.bad'},'spec':{'service':{'namespace':'n','name':'s'}},"
                                + unavailable + "}]}")
                        .replace('\'', '"'));

        assertThat(read().server().unavailableApis())
                .isEqualTo(Fact.of(List.of(new ApiServiceFacts("v1.bad", "n/s", "MissingEndpoints"))));
    }

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
