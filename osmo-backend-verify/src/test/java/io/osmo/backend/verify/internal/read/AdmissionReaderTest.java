// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.AdmissionPolicyFacts;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionReaderTest extends BadServer {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
    private static final String POLICIES = GROUP + "validatingadmissionpolicies";
    private static final String BINDINGS = GROUP + "validatingadmissionpolicybindings";
    private static final String PODS =
            "{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE','UPDATE'],'resources':['pods']}";
    private static final String ALL = "'matchConstraints':{'resourceRules':[" + PODS + "]}";
    private static final String NEVER = "'validations':[{'expression':'false'}]";
    private static final String BOUND = "'policyName':'p','validationActions':['Deny']";

    private List<AdmissionPolicyFacts> read(String policy, String binding) {
        bodies.put(POLICIES, list("p", policy));
        bodies.put(BINDINGS, list("b", binding));
        ClusterSnapshot snapshot = read();
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
        return snapshot.stack().admissionPolicies().known().orElseThrow();
    }

    private static String list(String name, String spec) {
        return ("{'metadata':{},'items':[{'metadata':{'name':'" + name + "'},'spec':{" + spec + "}}]}")
                .replace('\'', '"');
    }

    @Test
    void a_policy_that_denies_in_all_namespaces_is_read() {
        assertThat(read(ALL + "," + NEVER, BOUND))
                .containsExactly(
                        new AdmissionPolicyFacts("p", "b", Fact.of(Set.of("osmo-operator", "osmo-workflows")), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'validations':[{'expression':' false '},{'expression':'has(object.spec)'}] | REFUSES",
                "'validations':[{'expression':'object.spec.hostNetwork == false'}] | OPEN",
                "'validations':[{'expression':'true'}] | NONE",
                "'auditAnnotations':[{'key':'a'}] | NONE",
                "'validations':[{'expression':'false'}],'matchConditions':[{'name':'c','expression':'true'}] | OPEN",
                "'validations':[{'expression':'false'}],'paramKind':{'apiVersion':'v1','kind':'ConfigMap'} | OPEN"
            })
    void only_a_constant_is_decided(String validations, String found) {
        assertThat(read(ALL + "," + validations, BOUND).stream()
                        .map(policy -> policy.refuses() ? "REFUSES" : "OPEN")
                        .findFirst()
                        .orElse("NONE"))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'policyName':'p','validationActions':['Warn','Audit'] | ''",
                "'policyName':'other','validationActions':['Deny'] | ''",
                "'policyName':'p','validationActions':['Deny'],'matchResources':{'namespaceSelector':{'matchLabels':"
                        + "{'kubernetes.io/metadata.name':'osmo-workflows'}}} | osmo-workflows",
                "'policyName':'p','validationActions':['Deny'],'matchResources':{'namespaceSelector':{'matchExpressions':"
                        + "[{'key':'team','operator':'Exists'}]}} | osmo-operator",
                "'policyName':'p','validationActions':['Deny'],'matchResources':{'resourceRules':[{'apiGroups':['apps'],"
                        + "'operations':['*'],'resources':['deployments']}]} | ''",
                "'policyName':'p','validationActions':['Audit','Deny'],'matchResources':{'excludeResourceRules':[{'apiGroups':"
                        + "['*'],'operations':['*'],'resources':['*']}]} | ''"
            })
    void bindings_say_where_and_whether_it_denies(String binding, String namespaces) {
        bodies.put(
                "/api/v1/namespaces",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"osmo-operator\",\"labels\":{\"team\":\"a\"}}}]}");

        assertThat(read(ALL + "," + NEVER, binding).stream()
                        .flatMap(policy -> policy.namespaces().known().orElseThrow().stream()))
                .isEqualTo(namespaces.isEmpty() ? List.of() : List.of(namespaces));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'resourceRules':[{'apiGroups':['*'],'operations':['*'],'resources':['*']}] | true",
                "'resourceRules':[{'apiGroups':[''],'operations':['CREATE'],'resources':['*/*']}] | true",
                "'resourceRules':[{'apiGroups':[''],'operations':['DELETE'],'resources':['pods']}] | false",
                "'resourceRules':[{'apiGroups':[''],'operations':['CREATE'],'resources':['pods/exec']}] | false",
                "'resourceRules':[{'apiGroups':[''],'operations':['CREATE'],'resources':['pods'],'resourceNames':['x']}] | false",
                "'resourceRules':[{'apiGroups':[''],'operations':['CREATE'],'resources':['pods'],'scope':'Cluster'}] | false",
                "'objectSelector':{'matchLabels':{'app':'x'}},'resourceRules':[{'apiGroups':[''],'operations':['CREATE'],"
                        + "'resources':['pods']}] | false"
            })
    void constraints_say_whether_it_is_about_new_pods(String constraints, boolean about) {
        assertThat(read("'matchConstraints':{" + constraints + "}," + NEVER, BOUND))
                .hasSize(about ? 1 : 0);
    }

    /** Kubernetes before 1.30 does not serve them. */
    @Test
    void where_they_are_not_served_there_are_none() {
        codes.put(POLICIES, 404);
        codes.put(BINDINGS, 404);

        assertThat(read().stack().admissionPolicies()).isEqualTo(Fact.of(List.of()));
    }

    @Test
    void without_permission_they_are_unknown_and_the_rule_is_named() {
        codes.put(BINDINGS, 403);

        assertThat(read().stack().admissionPolicies())
                .isInstanceOfSatisfying(
                        Fact.Unknown.class,
                        unread -> assertThat(unread.remedy())
                                .contains("resources: [\"validatingadmissionpolicybindings\"]"));
    }
}
