// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.azure.PollingStyle;
import io.osmo.backend.testkit.azure.Rest;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.azure.AzureTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArmTest extends AzureTest {
    @Test
    void ids_match_whatever_their_case_and_slashes() {
        network();

        Rest.Reply found = rest.get("https://management.azure.com//subscriptions/" + azure.subscription()
                + "/RESOURCEGROUPS/G/providers/microsoft.network/VirtualNetworks/V");

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.text("/id")).isEqualTo(rest.id(NETWORK));
        assertThat(found.text("/properties/subnets/0/name")).isEqualTo("nodes");
    }

    @Test
    void incomplete_requests_are_refused() {
        HttpRequest anonymous = new HttpRequest(
                HttpMethod.GET, "https://management.azure.com" + rest.id(GROUP) + "?api-version=2025-04-01");
        assertThat(azure.httpClient().sendSync(anonymous, Context.NONE).getStatusCode())
                .isEqualTo(401);
        refused(400, "NoRegisteredProviderFound", rest.get(GROUP + "?api-version=1999-01-01"));
        refused(404, "SubscriptionNotFound", rest.get("/subscriptions/00000000-0000-0000-0000-000000000000/" + GROUP));
        refused(
                404,
                "ResourceGroupNotFound",
                rest.get("resourceGroups/other/providers/Microsoft.Network/natGateways/n"));
        refused(404, "ResourceNotFound", rest.get(NAT));
        refused(404, "ParentResourceNotFound", rest.put(SUBNET, "{`properties`:{`addressPrefix`:`10.1.0.0/24`}}"));
        refused(
                400,
                "LocationRequired",
                rest.put(GROUP + "/providers/Microsoft.Network/loadBalancers/l", "{`sku`:{`name`:`Standard`}}"));
        assertThatThrownBy(() -> rest.get(GROUP + "/providers/Microsoft.Sql/servers/s"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("GET Microsoft.Sql/servers is not emulated");
        assertThat(rest.delete(NAT).status()).isEqualTo(204);
    }

    @Test
    void lists_come_in_pages_and_groups_are_found_by_tag() {
        reopen(azure -> azure.pageSize(2));
        for (int i = 0; i < 4; i++) {
            rest.made("resourceGroups/g" + i, "{`location`:`eastus2`,`tags`:{`osmo-backend`:`b" + i + "`}}");
        }
        Rest.Reply first = rest.get("resourceGroups");
        Rest.Reply second = rest.get(first.text("/nextLink"));
        Rest.Reply third = rest.get(second.text("/nextLink"));

        assertThat(first.body().path("value").size()).isEqualTo(2);
        assertThat(third.body().path("value").size()).isEqualTo(1);
        assertThat(third.body().has("nextLink")).isFalse();
        assertThat(rest.get("resourceGroups?$filter=tagName eq 'osmo-backend' and tagValue eq 'b3'")
                        .text("/value/0/name"))
                .isEqualTo("g3");
        refused(400, "InvalidFilterInQueryString", rest.get("resourceGroups?$filter=color eq 'red'"));
        refused(
                400,
                "InvalidFilterInQueryString",
                rest.get("resources?$filter=tagName eq 'a' and resourceType eq 'Microsoft.Network/natGateways'"));
    }

    @Test
    void entity_tags_guard_against_lost_updates() {
        cluster();
        String etag = rest.get(CLUSTER).text("/eTag");

        refused(412, "PreconditionFailed", rest.send(HttpMethod.PUT, CLUSTER, cluster(""), "If-Match", "stale"));
        refused(412, "PreconditionFailed", rest.send(HttpMethod.PUT, CLUSTER, cluster(""), "If-None-Match", "*"));
        assertThat(rest.send(HttpMethod.PUT, CLUSTER, cluster(""), "If-Match", etag)
                        .status())
                .isEqualTo(200);
        refused(409, "OperationNotAllowed", rest.put(CLUSTER, cluster("")));
    }

    @ParameterizedTest
    @EnumSource(PollingStyle.class)
    void operations_end_in_each_style(PollingStyle style) {
        reopen(azure -> azure.polling(style));
        String body = "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]}}}";

        Rest.Reply begun = rest.put(NETWORK, body);
        assertThat(begun.status()).isEqualTo(201);
        assertThat(begun.text("/properties/provisioningState")).isEqualTo("Creating");
        String async = begun.header("Azure-AsyncOperation");
        String location = begun.header("Location");
        assertThat(async.isEmpty())
                .isEqualTo(style == PollingStyle.LOCATION || style == PollingStyle.PROVISIONING_STATE);
        assertThat(location.isEmpty()).isEqualTo(style != PollingStyle.LOCATION);
        if (!async.isEmpty()) {
            assertThat(rest.get(async).text("/status")).isEqualTo("InProgress");
        }
        if (!location.isEmpty()) {
            assertThat(rest.get(location).status()).isEqualTo(202);
            assertThat(rest.get(location).header("Retry-After")).isNotEmpty();
        }
        refused(429, "AnotherOperationInProgress", rest.put(NETWORK, body));

        time.advance(Duration.ofSeconds(10));
        if (!async.isEmpty()) {
            assertThat(rest.get(async).text("/status")).isEqualTo("Succeeded");
        }
        if (!location.isEmpty()) {
            assertThat(rest.get(location).text("/properties/provisioningState")).isEqualTo("Succeeded");
        }
        assertThat(rest.get(NETWORK).text("/properties/provisioningState")).isEqualTo("Succeeded");

        Rest.Reply deletion = rest.delete(NETWORK);
        assertThat(deletion.status()).isEqualTo(202);
        assertThat(rest.get(NETWORK).text("/properties/provisioningState")).isEqualTo("Deleting");
        time.advance(Duration.ofSeconds(10));
        if (!deletion.header("Location").isEmpty()) {
            assertThat(rest.get(deletion.header("Location")).status()).isEqualTo(204);
        }
        assertThat(rest.get(NETWORK).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(PollingStyle.class)
    void a_failed_operation_says_why_in_each_style(PollingStyle style) {
        reopen(azure -> azure.polling(style));
        azure.failNext("PUT Microsoft.Network/virtualNetworks", "InternalServerError", "no luck");

        Rest.Reply begun = rest.put(
                NETWORK, "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]}}}");
        time.advance(Duration.ofSeconds(10));

        assertThat(rest.get(NETWORK).text("/properties/provisioningState")).isEqualTo("Failed");
        if (!begun.header("Azure-AsyncOperation").isEmpty()) {
            Rest.Reply polled = rest.get(begun.header("Azure-AsyncOperation"));
            assertThat(polled.text("/status")).isEqualTo("Failed");
            assertThat(polled.code()).isEqualTo("InternalServerError");
        }
        if (!begun.header("Location").isEmpty()) {
            refused(409, "InternalServerError", rest.get(begun.header("Location")));
        }
    }

    @Test
    void faults_happen_by_rule() {
        azure.faults().onCall("PUT Microsoft.Network/virtualNetworks").nth(1).loseResponse();
        azure.faults().onCall("DELETE *").times(1).throttle();
        azure.faults().onCall("PUT Microsoft.Network/natGateways").deny();
        String body = "{`location`:`eastus2`,`properties`:{`addressSpace`:{`addressPrefixes`:[`10.1.0.0/16`]}}}";

        assertThatThrownBy(() -> rest.put(NETWORK, body)).hasMessageContaining("Connection reset");
        assertThat(azure.inventory()).contains("virtualNetworks v Creating");
        Rest.Reply throttled = rest.delete(NETWORK);
        refused(429, "SubscriptionRequestsThrottled", throttled);
        assertThat(throttled.header("Retry-After")).isEqualTo("10");
        refused(403, "AuthorizationFailed", rest.put(NAT, "{`location`:`eastus2`}"));
        azure.faults().onCall("LIST *").crashBefore();
        assertThatThrownBy(() -> rest.get("resourceGroups")).isInstanceOf(VirtualTime.SimulatedCrash.class);
        assertThat(azure.calls()).last().matches(Call::reads);
    }
}
