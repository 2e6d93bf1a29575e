// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Storage accounts, whose names are global, with the blob service that each has. */
final class StorageAccounts extends ResourceType {
    static final String[] VERSIONS = {"2025-01-01", "2024-01-01", "2023-05-01"};
    private static final Duration CREATE = Duration.ofSeconds(20);

    private final PlainType blobServices;
    private final Set<String> taken = new HashSet<>();

    StorageAccounts(AzureSubscription azure, PlainType blobServices) {
        super(azure, "Microsoft.Storage/storageAccounts", VERSIONS);
        this.blobServices = blobServices;
    }

    /** Lets somebody else have an account of this name. */
    void take(String name) {
        taken.add(name);
    }

    @Override
    String names() {
        return "[a-z0-9]{3,24}";
    }

    @Override
    Duration createTime(Resource account) {
        return CREATE;
    }

    @Override
    int accepted(boolean creates) {
        return creates ? 202 : 200;
    }

    @Override
    Set<PollingStyle> documentedPolling() {
        return Set.of(PollingStyle.LOCATION);
    }

    @Override
    ObjectNode accept(Write write) {
        if (write.creates() && taken.contains(write.id().name())) {
            throw ArmError.conflict(
                    "StorageAccountAlreadyTaken",
                    "The storage account named " + write.id().name() + " is already taken.");
        }
        if (!write.body().hasNonNull("sku") || !write.body().hasNonNull("kind")) {
            throw ArmError.badRequest("InvalidRequestPropertyName", "A storage account needs a sku and a kind.");
        }
        ObjectNode properties = write.properties();
        Json.byDefault(properties, "minimumTlsVersion", "TLS1_2");
        Json.byDefault(properties, "supportsHttpsTrafficOnly", true);
        Json.byDefault(properties, "allowBlobPublicAccess", false);
        return write.body();
    }

    @Override
    ObjectNode patch(Resource account, ObjectNode patch) {
        ObjectNode body = account.body.deepCopy();
        patch.fields().forEachRemaining(field -> {
            if (field.getKey().equals("properties")) {
                field.getValue()
                        .fields()
                        .forEachRemaining(p -> Json.at(body, "properties").set(p.getKey(), p.getValue()));
            } else {
                body.set(field.getKey(), field.getValue());
            }
        });
        return body;
    }

    @Override
    void begun(Resource account, boolean creates) {
        if (creates) {
            azure.put(ArmId.of(account.id.text() + "/blobServices/default"), blobServices, Json.object());
        }
    }

    @Override
    void show(Resource account, ObjectNode view) {
        Json.at(view, "properties", "primaryEndpoints")
                .put("blob", "https://" + account.name() + ".blob.core.windows.net/");
    }
}
