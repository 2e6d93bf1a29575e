// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.azure.core.management.serializer.SerializerFactory;
import com.azure.core.util.serializer.SerializerAdapter;
import com.azure.core.util.serializer.SerializerEncoding;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.fluent.models.TrustedAccessRoleBindingInner;
import com.azure.resourcemanager.keyvault.models.KeyCreateParameters;
import com.azure.resourcemanager.keyvault.models.VaultCreateOrUpdateParameters;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.azure.resourcemanager.network.fluent.models.NatGatewayInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The SDK's models of what is put to ARM. A body that goes through its model holds only what the vendor's description of that
 * API version lets a request hold: what is read-only falls out, so an object that was read can be put again.
 */
final class Models {
    private static final Map<ArmType, Class<?>> MODELS = new EnumMap<>(Map.ofEntries(
            Map.entry(ArmType.RESOURCE_GROUP, ResourceGroupInner.class),
            Map.entry(ArmType.VIRTUAL_NETWORK, VirtualNetworkInner.class),
            Map.entry(ArmType.NAT_GATEWAY, NatGatewayInner.class),
            Map.entry(ArmType.PUBLIC_IP, PublicIpAddressInner.class),
            Map.entry(ArmType.IDENTITY, IdentityInner.class),
            Map.entry(ArmType.ROLE_ASSIGNMENT, RoleAssignmentCreateParameters.class),
            Map.entry(ArmType.VAULT, VaultCreateOrUpdateParameters.class),
            Map.entry(ArmType.KEY, KeyCreateParameters.class),
            Map.entry(ArmType.CLUSTER, ManagedClusterInner.class),
            Map.entry(ArmType.AGENT_POOL, AgentPoolInner.class),
            Map.entry(ArmType.TRUSTED_ACCESS, TrustedAccessRoleBindingInner.class)));

    private Models() {}

    /** The body as the SDK would send it; as it is where the SDK has no model. */
    static JsonNode body(ArmType type, JsonNode json) {
        Class<?> model = MODELS.get(type);
        if (model == null) {
            return json;
        }
        SerializerAdapter adapter = SerializerFactory.createDefaultManagementSerializerAdapter();
        try {
            Object typed = adapter.deserialize(json.toString(), model, SerializerEncoding.JSON);
            return Json.parse(adapter.serialize(typed, SerializerEncoding.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean covers(ArmType type) {
        return MODELS.containsKey(type);
    }
}
