// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.TagRules;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;

/** Private DNS zones, which are in no region. */
public final class PrivateZones extends ResourceType {
    private static final int MOST_TAGS = 15;

    PrivateZones(AzureSubscription azure) {
        super(azure, Traits.tracked("Microsoft.Network/privateDnsZones", "2024-06-01", "2020-06-01"));
    }

    @Override
    protected boolean isGlobal() {
        return true;
    }

    @Override
    protected ObjectNode accept(Write write) {
        TagRules.check(write.body().path("tags"), MOST_TAGS, 512);
        write.properties();
        return write.body();
    }
}
