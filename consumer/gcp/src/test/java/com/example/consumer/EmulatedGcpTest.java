// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host's own test on the emulated cloud. It needs only the testkit. */
class EmulatedGcpTest {
    @Test
    void an_empty_project_holds_no_backend() {
        try (VirtualTime time = VirtualTime.create();
                EmulatedGcp gcp = EmulatedGcp.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(new GcpProvider(gcp))
                        .scheduler(time)
                        .build()) {
            assertEquals(List.of(), osmo.list("gcp", "us-central1"));
        }
    }
}
