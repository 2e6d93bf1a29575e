// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host's own test on the emulated cloud. It needs only the testkit. */
class EmulatedAzureTest {
    @Test
    void an_empty_subscription_holds_no_backend() {
        try (VirtualTime time = VirtualTime.create();
                EmulatedAzure azure = EmulatedAzure.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(new AzureProvider(azure))
                        .scheduler(time)
                        .build()) {
            assertEquals(List.of(), osmo.list("azure", "eastus2"));
        }
    }
}
