// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.Needs;
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

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.VAULT
            .needs(ID.kind())
            .create(ArmType.DELETED_VAULT.action("read"))
            .destroy(ArmType.VAULT.action("delete"));

    private static final int NAME_LIMIT = 24;
    private static final int DIGITS = 8;

    private final String tenant;

    KeyVault(AzureContext context, String tenant) {
        super(
                context,
                ID,
                ArmType.VAULT,
                armId(context),
                Set.of(ResourceGroup.ID),
                Timing.seconds(40, 3, 3, 3, 15),
                "key vault " + name(context));
        this.tenant = tenant;
    }

    /** 3 to 24 letters, digits and hyphens that begin with a letter and hold no two hyphens in a row. */
    static String name(AzureContext context) {
        String hash = Names.hash(DIGITS, context.subscription(), context.region(), context.name());
        String readable = context.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String head = "osmo-" + readable;
        String cut = head.substring(0, Math.min(head.length(), NAME_LIMIT - DIGITS - 1));
        return cut.replaceAll("-+$", "") + "-" + hash;
    }

    public static String armId(AzureContext context) {
        return context.id(ArmType.VAULT, name(context));
    }

    /** Id of what is left of it while it can be recovered. */
    static String deletedId(AzureContext context) {
        return context.subscriptionId() + "/providers/Microsoft.KeyVault/locations/" + context.region()
                + "/deletedVaults/" + name(context);
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(),
                "tags", context.ownership().tags(ID),
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
        properties.put("softDeleteRetentionInDays", context.settings().vaultRetentionDays());
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
                    ? context.arm().get(ArmType.DELETED_VAULT, deletedId(context))
                    : Optional.empty();
            if (deleted.filter(vault -> isOurs(context, vault)).isEmpty()) {
                throw e;
            }
            return context.arm()
                    .put(
                            armType,
                            armId,
                            Json.object(
                                    "location",
                                    context.region(),
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
    static boolean isOurs(AzureContext context, ArmObject deleted) {
        Map<String, String> tags =
                ArmObject.of(deleted.json().path("properties")).tags();
        return context.ownership().owns(tags);
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
