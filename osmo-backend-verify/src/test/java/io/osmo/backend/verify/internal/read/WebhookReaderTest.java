// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.WebhookFacts;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookReaderTest extends BadServer {
    private static final String VALIDATING = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";

    /** A self-signed authority. */
    private static final String AUTHORITY = pem(Certificates.AUTHORITY);

    /** Signed by another key and not allowed to sign. */
    private static final String LEAF = pem(Certificates.LEAF);

    private static String pem(String body) {
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    private void hook(String more) {
        bodies.put(
                VALIDATING,
                ("{'metadata':{},'items':[{'metadata':{'name':'policy'},'webhooks':[{'name':'p',"
                                + "'clientConfig':{'service':{'namespace':'policy','name':'webhook'}},"
                                + "'rules':[{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['pods']}]"
                                + more + "}]}]}")
                        .replace('\'', '"'));
    }

    private List<WebhookFacts> hooks() {
        ClusterSnapshot snapshot = read();
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
        return snapshot.stack().webhooks().known().orElseThrow();
    }

    @Test
    void a_fail_closed_webhook_of_others_on_pods_is_read_with_its_endpoints() {
        hook("");
        bodies.put(
                "/apis/discovery.k8s.io/v1/namespaces/policy/endpointslices",
                ("{'metadata':{},'items':[{'metadata':{'name':'webhook-1','namespace':'policy','labels':"
                                + "{'kubernetes.io/service-name':'webhook'}},'endpoints':[{'addresses':['10.0.0.1']},"
                                + "{'addresses':['10.0.0.2'],'conditions':{'ready':false}}]}]}")
                        .replace('\'', '"'));

        assertThat(hooks()).singleElement().satisfies(webhook -> {
            assertThat(webhook.required()).isTrue();
            assertThat(webhook.namespaces()).isEqualTo(Fact.of(Set.of("osmo-operator", "osmo-workflows")));
            assertThat(webhook.endpoints()).isEqualTo(Fact.of(1));
        });
    }

    @Test
    void endpoints_that_may_not_be_read_are_unknown() {
        hook("");
        codes.put("/apis/discovery.k8s.io/v1/namespaces/policy/endpointslices", 403);
        bodies.put("/api/v1/namespaces", "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"policy\"}}]}");

        assertThat(hooks())
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.endpoints()).isInstanceOf(Fact.Unknown.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",'failurePolicy':'Ignore' | false",
                ",'failurePolicy':'Fail' | true",
                ",'objectSelector':{'matchLabels':{'inject':'yes'}} | false",
                ",'objectSelector':{'matchExpressions':[{'key':'skip','operator':'DoesNotExist'}]} | true",
                ",'namespaceSelector':{'matchLabels':{'kubernetes.io/metadata.name':'osmo-workflows'}} | true",
                ",'namespaceSelector':{'matchLabels':{'kubernetes.io/metadata.name':'other'}} | false",
                ",'namespaceSelector':{'matchExpressions':[{'key':'kubernetes.io/metadata.name','operator':'NotIn',"
                        + "'values':['osmo-operator','osmo-workflows']}]} | false",
                ",'namespaceSelector':{'matchExpressions':[{'key':'istio','operator':'In','values':['on']}]} | false",
                ",'rules':[{'apiGroups':['apps'],'operations':['*'],'resources':['*']}] | false",
                ",'rules':[{'apiGroups':['*'],'operations':['UPDATE'],'resources':['*']}] | false",
                ",'rules':[{'apiGroups':['*'],'operations':['*'],'resources':['*/*']}] | true",
                ",'rules':[{'apiGroups':[''],'operations':['CREATE'],'resources':['services']}] | true",
                ",'rules':[{'apiGroups':[''],'operations':['CREATE'],'resources':['secrets']}] | true",
                ",'rules':[{'apiGroups':[''],'operations':['CREATE'],'resources':['nodes']}] | false",
                ",'rules':[{'apiGroups':['*'],'operations':['*'],'resources':['*'],'scope':'Cluster'}] | false"
            })
    void only_webhooks_that_may_reject_every_new_object_of_osmo_are_kept(String more, boolean kept) {
        hook(more);

        assertThat(hooks()).hasSize(kept ? 1 : 0);
    }

    @Test
    void a_ca_bundle_is_read_as_its_authorities_and_their_expiry() {
        assertThat(CaBundles.of(base64(AUTHORITY)))
                .isEqualTo(new WebhookFacts.Bundle(1, 1, 0, Optional.of(Instant.parse(Certificates.AUTHORITY_UNTIL))));
        assertThat(CaBundles.of(base64(LEAF))).isEqualTo(new WebhookFacts.Bundle(1, 0, 0, Optional.empty()));
        assertThat(CaBundles.of(base64(pem(Certificates.NO_SIGNER))).authorities())
                .isZero();
        assertThat(CaBundles.of(base64(pem(Certificates.NO_SIGNER))).selfSigned())
                .isEqualTo(1);
        assertThat(CaBundles.of(base64("no certificate"))).isEqualTo(WebhookFacts.Bundle.EMPTY);
        assertThat(CaBundles.of("not base64 at all!")).isEqualTo(WebhookFacts.Bundle.EMPTY);
        assertThat(CaBundles.of("")).isEqualTo(WebhookFacts.Bundle.EMPTY);
        assertThat(CaBundles.of(base64(LEAF + AUTHORITY)).authorities()).isEqualTo(1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
