// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.PollingStyle;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.TagRules;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Storage accounts, each with its blob service. Their names are global. */
public final class StorageAccounts extends ResourceType {
    private final ResourceType blobServices;
    private final Set<String> foreignNames = new HashSet<>();

    StorageAccounts(AzureSubscription azure, ResourceType blobServices) {
        super(
                azure,
                Traits.tracked("Microsoft.Storage/storageAccounts", Storage.VERSIONS)
                        .names("[a-z0-9]{3,24}")
                        .takes(Duration.ofSeconds(20), Duration.ZERO, Duration.ZERO)
                        .accepted(202, 200)
                        .polling(PollingStyle.LOCATION));
        this.blobServices = blobServices;
    }

    /** Gives the name of an account to another tenant. */
    public void take(String name) {
        foreignNames.add(name);
    }

    /** Whether a name is free. */
    ArmReply checkName(ArmRequest request, ArmId id) {
        String name = Json.parse(request.body()).path("name").asText("");
        boolean used = foreignNames.contains(name)
                || all().anyMatch(account -> account.name().equals(name));
        ObjectNode body = Json.object().put("nameAvailable", !used && accepts(name));
        if (used) {
            body.put("reason", "AlreadyExists")
                    .put("message", "The storage account named " + name + " is already taken.");
        } else if (!accepts(name)) {
            body.put("reason", "AccountNameInvalid").put("message", name + " is not a valid storage account name.");
        }
        return ArmReply.ok(body);
    }

    @Override
    protected ObjectNode accept(Write write) {
        if (write.creates() && foreignNames.contains(write.id().name())) {
            throw ArmError.conflict(
                    "StorageAccountAlreadyTaken",
                    "The storage account named " + write.id().name() + " is already taken.");
        }
        if (!write.body().hasNonNull("sku") || !write.body().hasNonNull("kind")) {
            throw ArmError.badRequest("InvalidRequestPropertyName", "A storage account needs a sku and a kind.");
        }
        TagRules.check(write.body().path("tags"), 50, 128);
        ObjectNode properties = write.properties();
        Json.byDefault(properties, "minimumTlsVersion", "TLS1_2");
        Json.byDefault(properties, "supportsHttpsTrafficOnly", true);
        Json.byDefault(properties, "allowBlobPublicAccess", false);
        return write.body();
    }

    @Override
    protected ObjectNode patch(Resource account, ObjectNode patch) {
        return Json.merged(account.body, patch, Set.of("properties"));
    }

    @Override
    protected void onStart(Resource account, boolean creates) {
        if (creates) {
            azure.put(account.id.child("blobServices", "default"), blobServices, Json.object());
        }
    }

    @Override
    protected void show(Resource account, ObjectNode view) {
        Json.at(view, "properties", "primaryEndpoints")
                .put("blob", "https://" + account.name() + ".blob.core.windows.net/");
    }
}
