// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Regions;
import java.util.Collection;
import java.util.stream.Stream;

/** Microsoft.Resources and Microsoft.Features. */
public final class Resources {
    public final ResourceGroups groups;
    public final Registrations registrations;

    /** @param unregistered resource providers that are not registered yet */
    public Resources(Arm arm, AzureSubscription azure, Collection<String> unregistered) {
        groups = new ResourceGroups(azure);
        registrations = new Registrations(azure, unregistered);
        arm.add(groups);
        arm.guardedBy(registrations);
        arm.add(ArmId.SUBSCRIPTIONS, (request, id) -> {
            ObjectNode subscription = subscription(azure);
            return id.collection() ? ArmReply.values(Stream.of(subscription)) : ArmReply.ok(subscription);
        });
        arm.add("Microsoft.Resources/locations", (request, id) -> ArmReply.values(Regions.list(azure.id)));
        arm.add("Microsoft.Resources/resources", groups::resources);
        arm.add(ArmId.PROVIDERS, registrations::providers);
        arm.add("Microsoft.Features/providers/features", registrations::features);
    }

    private static ObjectNode subscription(AzureSubscription azure) {
        return Json.object()
                .put("id", "/subscriptions/" + azure.id)
                .put("subscriptionId", azure.id)
                .put("tenantId", AzureSubscription.TENANT)
                .put("displayName", "Emulated")
                .put("state", azure.state());
    }
}
