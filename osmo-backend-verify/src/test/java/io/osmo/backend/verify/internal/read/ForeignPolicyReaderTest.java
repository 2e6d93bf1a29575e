// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.ForeignPolicyFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignPolicyReaderTest extends BadServer {
    private void served(String group, String version) {
        bodies.put(
                "/apis",
                ("{'groups':[{'name':'apps'},{'name':'" + group + "','preferredVersion':{'version':'" + version
                                + "'}}]}")
                        .replace('\'', '"'));
    }

    private void object(String path, String metadata, String rest) {
        bodies.put(
                path,
                ("{'metadata':{},'items':[{'metadata':{'name':'x'" + metadata + "}," + rest + "}]}")
                        .replace('\'', '"'));
    }

    private List<ForeignPolicyFacts> policies() {
        ClusterSnapshot snapshot = read();
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
        return snapshot.tenancy().foreignPolicies().known().orElseThrow();
    }

    private String namespaces() {
        return policies().stream()
                .flatMap(policy -> policy.namespaces().known().orElseThrow().stream())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Test
    void what_is_not_served_is_not_asked_for() {
        assertThat(policies()).isEmpty();
        assertThat(asked).noneMatch(path -> path.contains("cilium") || path.contains("calico"));
    }

    @Test
    void a_policy_of_a_namespace_is_read_in_the_version_that_is_served() {
        served("cilium.io", "v3");
        object(
                "/apis/cilium.io/v3/namespaces/osmo-workflows/ciliumnetworkpolicies",
                ",'namespace':'osmo-workflows'",
                "'spec':{'endpointSelector':{},'egress':[{'toFQDNs':[{'matchName':'example.com'}]}]}");

        assertThat(policies())
                .containsExactly(new ForeignPolicyFacts(
                        "ciliumnetworkpolicies.cilium.io", "osmo-workflows", "x", Fact.of(Set.of("osmo-workflows"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'spec':{'endpointSelector':{},'egress':[]} | osmo-operator osmo-workflows",
                "'spec':{'endpointSelector':{},'egressDeny':[{}]} | osmo-operator osmo-workflows",
                "'spec':{'endpointSelector':{},'ingress':[{}]} | ''",
                "'spec':{'nodeSelector':{},'egress':[{}]} | ''",
                "'spec':{'endpointSelector':{'matchLabels':{'k8s:io.kubernetes.pod.namespace':'osmo-workflows'}},'egress':[{}]}"
                        + " | osmo-workflows",
                "'spec':{'endpointSelector':{'matchLabels':{'k8s:io.kubernetes.pod.namespace':'other'}},'egress':[{}]} | ''",
                "'spec':{'endpointSelector':{'matchExpressions':[{'key':'io.kubernetes.pod.namespace','operator':'In',"
                        + "'values':['a','osmo-operator']}]},'egress':[{}]} | osmo-operator",
                "'specs':[{'endpointSelector':{},'ingress':[{}]},{'endpointSelector':{'matchLabels':{"
                        + "'k8s:io.kubernetes.pod.namespace':'osmo-operator'}},'egress':[{}]}] | osmo-operator"
            })
    void policies_of_cilium_for_the_cluster_say_which_namespaces_they_select(String policy, String namespaces) {
        served("cilium.io", "v2");
        object("/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies", "", policy);

        assertThat(namespaces()).isEqualTo(namespaces);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'types':['Ingress','Egress'] | osmo-operator osmo-workflows",
                "'types':['Ingress'],'egress':[{'action':'Deny'}] | ''",
                "'egress':[{'action':'Deny'}] | osmo-operator osmo-workflows",
                "'types':['Egress'],'namespaceSelector':\"projectcalico.org/name == 'osmo-workflows'\" | osmo-workflows",
                "'types':['Egress'],'namespaceSelector':\"projectcalico.org/name == 'other'\" | ''",
                "'types':['Egress'],'namespaceSelector':\"projectcalico.org/name != 'other'\" | osmo-operator osmo-workflows"
            })
    void policies_of_calico_for_the_cluster_say_which_namespaces_they_select(String spec, String namespaces) {
        served("crd.projectcalico.org", "v1");
        bodies.put(
                "/apis/crd.projectcalico.org/v1/globalnetworkpolicies",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"x\"},\"spec\":{"
                        + spec.replaceAll("'([A-Za-z]+)'(?=[:,\\]}])", "\"$1\"") + "}}]}");

        assertThat(namespaces()).isEqualTo(namespaces);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy.networking.k8s.io/v1alpha1/adminnetworkpolicies",
                "policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies",
                "policy.networking.k8s.io/v1alpha1/clusternetworkpolicies",
                "networking.k8s.aws/v1alpha1/clusternetworkpolicies"
            })
    void policies_of_administrators_select_namespaces_by_their_labels(String kind) {
        served(kind.replaceFirst("/.*", ""), "v1alpha1");
        object(
                "/apis/" + kind,
                "",
                "'spec':{'subject':{'pods':{'podSelector':{},'namespaceSelector':{'matchLabels':{"
                        + "'kubernetes.io/metadata.name':'osmo-operator'}}}},'egress':[{'action':'Deny'}]}");

        assertThat(namespaces()).isEqualTo("osmo-operator");
    }

    @Test
    void policies_of_gke_on_names_are_always_on_egress() {
        served("networking.gke.io", "v1");
        object(
                "/apis/networking.gke.io/v1/namespaces/osmo-workflows/fqdnnetworkpolicies",
                ",'namespace':'osmo-workflows'",
                "'spec':{'podSelector':{}}");

        assertThat(namespaces()).isEqualTo("osmo-workflows");
    }

    @Test
    void a_kind_that_its_group_lacks_has_no_policies_and_one_that_is_refused_is_unknown() {
        served("cilium.io", "v2");
        codes.put("/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies", 404);
        assertThat(policies()).isEmpty();

        codes.put("/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies", 403);
        assertThat(read().tenancy().foreignPolicies()).isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void a_version_that_is_none_does_not_become_part_of_an_address() {
        served("cilium.io", "../../api/v1");

        assertThat(policies()).isEmpty();
        assertThat(asked).contains("GET /apis/cilium.io/v2/ciliumclusterwidenetworkpolicies");
    }
}
