// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Hashes;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.Timings;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The vault of the backend's key. With purge protection, as disk encryption demands: a deleted vault stays recoverable, and its
 * name taken, until its retention is over. Its name is global, so it is derived from subscription, region and backend; a
 * deleted one of that name is recovered, key and all.
 */
public final class KeyVault extends ArmResource {
    public static final ResourceId ID = ResourceId.of("key-vault", "backend");

    private static final int NAME_LIMIT = 24;
    private static final int DIGITS = 8;

    private final String tenant;

    KeyVault(AzureContext azure, String tenant) {
        super(
                azure,
                ID,
                ArmType.VAULT,
                armId(azure),
                Set.of(ResourceGroup.ID),
                Timings.seconds(40, 3, 3, 3, 15),
                "key vault " + name(azure));
        this.tenant = tenant;
    }

    /** 3 to 24 letters, digits and hyphens that begin with a letter and hold no two hyphens in a row. */
    static String name(AzureContext azure) {
        String hash = Hashes.hash(DIGITS, azure.subscription(), azure.region(), azure.name());
        String readable = azure.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String head = "osmo-" + readable;
        String cut = head.substring(0, Math.min(head.length(), NAME_LIMIT - DIGITS - 1));
        return cut.replaceAll("-+$", "") + "-" + hash;
    }

    static String armId(AzureContext azure) {
        return azure.id(ArmType.VAULT, name(azure));
    }

    /** Id of what is left of it while it can be recovered. */
    static String deletedId(AzureContext azure) {
        return azure.subscriptionId() + "/providers/Microsoft.KeyVault/locations/" + azure.region() + "/deletedVaults/"
                + name(azure);
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", azure.region(),
                "tags", azure.tags().of(ID),
                "properties",
                        Map.of(
                                "tenantId", tenant,
                                "sku", Map.of("family", "A", "name", "standard"),
                                "enableRbacAuthorization", true,
                                "enableSoftDelete", true,
                                "enablePurgeProtection", true));
    }

    @Override
    protected ObjectNode creation(State state) {
        ObjectNode body = body(state);
        ObjectNode properties = (ObjectNode) body.get("properties");
        properties.put("softDeleteRetentionInDays", azure.settings().vaultRetentionDays());
        properties.set("accessPolicies", properties.arrayNode());
        properties.set("networkAcls", Json.object("bypass", "AzureServices", "defaultAction", "Allow"));
        return body;
    }

    @Override
    public ArmObject create(State state) {
        try {
            return super.create(state);
        } catch (CloudException e) {
            Optional<ArmObject> deleted = e.error() == CloudError.CONFLICT || e.error() == CloudError.ALREADY_EXISTS
                    ? azure.arm().get(ArmType.DELETED_VAULT, deletedId(azure))
                    : Optional.empty();
            if (deleted.filter(vault -> isOurs(azure, vault)).isEmpty()) {
                throw e;
            }
            return azure.arm()
                    .put(
                            armType,
                            armId,
                            Json.object(
                                    "location",
                                    azure.region(),
                                    "properties",
                                    Map.of(
                                            "tenantId",
                                            tenant,
                                            "sku",
                                            Map.of("family", "A", "name", "standard"),
                                            "createMode",
                                            "recover")),
                            null);
        }
    }

    /** Whether what can be recovered was this backend's. */
    static boolean isOurs(AzureContext azure, ArmObject deleted) {
        Map<String, String> tags =
                ArmObject.of(deleted.json().path("properties")).tags();
        return azure.tags().owns(tags);
    }

    @Override
    protected Set<String> replacing() {
        return Set.of();
    }

    @Override
    protected Set<String> impossible() {
        return Set.of("location", "properties.tenantId");
    }
}
