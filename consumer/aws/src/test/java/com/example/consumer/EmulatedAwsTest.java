// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host's own test on the emulated cloud. It needs only the testkit. */
class EmulatedAwsTest {
    @Test
    void an_empty_account_holds_no_backend() {
        try (VirtualTime time = VirtualTime.create();
                EmulatedAws aws = EmulatedAws.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(new AwsProvider(aws))
                        .scheduler(time)
                        .build()) {
            assertEquals(List.of(), osmo.list("aws", "us-west-2"));
        }
    }
}
