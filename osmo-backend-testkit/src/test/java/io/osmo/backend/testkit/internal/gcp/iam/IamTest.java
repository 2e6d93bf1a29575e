// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.testkit.internal.gcp.GcpTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IamTest extends GcpTest {
    private String serviceAccount(String id) {
        rest().post(
                        GcpService.IAM,
                        "/v1/projects/" + PROJECT + "/serviceAccounts",
                        json("{'accountId':'" + id + "','serviceAccount':{'description':'nodes'}}"));
        return id + "@" + PROJECT + ".iam.gserviceaccount.com";
    }

    @Test
    void other_services_know_an_account_later_and_policies_change_with_an_etag() {
        String email = serviceAccount("osmo-nodes");
        String path = "/v3/projects/" + PROJECT;
        JsonNode policy = rest().post(GcpService.RESOURCE_MANAGER, path + ":getIamPolicy", json("{}"));
        String wanted = "{'policy':{'etag':'" + policy.path("etag").asText()
                + "','bindings':[{'role':'roles/container.defaultNodeServiceAccount','members':['serviceAccount:"
                + email
                + "']}]}}";

        assertThatThrownBy(() -> rest().post(GcpService.RESOURCE_MANAGER, path + ":setIamPolicy", json(wanted)))
                .hasMessageContaining("does not exist");
        time.advance(Duration.ofSeconds(10));
        rest().post(GcpService.RESOURCE_MANAGER, path + ":setIamPolicy", json(wanted));
        assertThatThrownBy(() -> rest().post(GcpService.RESOURCE_MANAGER, path + ":setIamPolicy", json(wanted)))
                .hasMessageContaining("concurrent policy changes");
        assertThat(gcp.inventory())
                .contains("binding  roles/container.defaultNodeServiceAccount serviceAccount:" + email);

        rest().delete(GcpService.IAM, "/v1/projects/" + PROJECT + "/serviceAccounts/" + email);
        assertThat(gcp.inventory())
                .containsExactly("binding  roles/container.defaultNodeServiceAccount deleted:serviceAccount:" + email);
        gcp.denyAction("compute.networks.create");
        assertThat(rest().post(
                                GcpService.RESOURCE_MANAGER,
                                path + ":testIamPermissions",
                                json("{'permissions':['compute.networks.create','compute.networks.delete']}"))
                        .path("permissions"))
                .hasSize(1);
    }
}
