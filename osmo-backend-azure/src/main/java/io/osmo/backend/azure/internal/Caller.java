// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.error.CloudException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Whose credential is in use; an attachment of every inventory.
 *
 * @param tenant id of the Microsoft Entra tenant
 * @param objectId of the user or service principal; empty when the token does not say
 * @param principalType {@code User} or {@code ServicePrincipal}; empty when the token does not say
 */
public record Caller(String tenant, Optional<String> objectId, String principalType) {
    /**
     * Reads the caller from the token for ARM, which the credential caches, so that no call is needed. If the token cannot be
     * parsed, reads the tenant from the subscription.
     */
    static Caller read(AzureContext context) {
        JsonNode claims = claims(context);
        Optional<String> tenant = context.settings()
                .tenant()
                .or(() -> Optional.of(claims.path("tid").asText("")).filter(text -> !text.isEmpty()));
        Optional<String> objectId = Optional.of(claims.path("oid").asText("")).filter(text -> !text.isEmpty());
        String type = claims.path("idtyp").asText("").equals("app") ? "ServicePrincipal" : "User";
        return new Caller(tenant.orElseGet(() -> tenantOf(context)), objectId, objectId.isEmpty() ? "" : type);
    }

    private static JsonNode claims(AzureContext context) {
        String scope = context.clients().environment().getManagementEndpoint().replaceAll("/+$", "") + "/.default";
        try {
            String token = context.clients()
                    .credential()
                    .getTokenSync(new TokenRequestContext().addScopes(scope))
                    .getToken();
            String[] parts = token.split("\\.", -1);
            return parts.length == 3
                    ? Json.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    : Json.object();
        } catch (ClientAuthenticationException e) {
            throw AzureErrors.noCredential("token for Azure Resource Manager", e);
        } catch (IllegalArgumentException | CloudException opaque) {
            return Json.object();
        }
    }

    private static String tenantOf(AzureContext context) {
        return context.arm()
                .fetch("Microsoft.Resources/subscriptions/read", context.subscriptionId(), "2022-12-01")
                .path("tenantId")
                .asText("");
    }
}
