// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.osmo.backend.azure.internal.Arm;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What AKS says in a kubeconfig and nowhere else: address and certificate authority of a cluster. */
public final class Kubeconfig {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String MEMBER = "osmoAccess";

    private Kubeconfig() {}

    /** An observed cluster with how it is reached; holds no secret, since the user's kubeconfig has none with Entra ID. */
    public static ArmObject attach(Arm arm, ArmObject cluster) {
        JsonNode config = read(arm, cluster.id(), "listClusterUserCredential");
        JsonNode entry = config.path("clusters").path(0).path("cluster");
        ObjectNode json = cluster.json().deepCopy();
        json.putObject(MEMBER)
                .put("server", entry.path("server").asText(""))
                .put("ca", decoded(entry.path("certificate-authority-data").asText("")));
        return new ArmObject(json, cluster.operation());
    }

    static Optional<String> server(ArmObject cluster) {
        return cluster.find("/" + MEMBER + "/server");
    }

    static Optional<String> certificate(ArmObject cluster) {
        return cluster.find("/" + MEMBER + "/ca");
    }

    /** The token of the administrator outside Entra ID; only where local accounts are on. */
    static String adminToken(Arm arm, String clusterId) {
        JsonNode user = read(arm, clusterId, "listClusterAdminCredential")
                .path("users")
                .path(0)
                .path("user");
        String token = user.path("token").asText("");
        if (token.isEmpty()) {
            throw CloudException.builder(
                            CloudError.NOT_AUTHORIZED, ArmType.CLUSTER.action("listClusterAdminCredential/action"))
                    .code("no token")
                    .message("the administrator's kubeconfig holds no token")
                    .remedy("Switch settings.localAccounts off and use Microsoft Entra ID.")
                    .build();
        }
        return token;
    }

    private static JsonNode read(Arm arm, String clusterId, String action) {
        String encoded = arm.post(ArmType.CLUSTER, clusterId, action, null)
                .at("/kubeconfigs/0/value")
                .asText("");
        try {
            return YAML.readTree(decoded(encoded));
        } catch (IOException e) {
            throw CloudException.builder(CloudError.UNKNOWN, ArmType.CLUSTER.action(action + "/action"))
                    .code("no kubeconfig")
                    .message("AKS returned something that is not a kubeconfig")
                    .remedy("Look up the cluster in the Azure portal.")
                    .build();
        }
    }

    private static String decoded(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
