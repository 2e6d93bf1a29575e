// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import io.osmo.backend.testkit.internal.gcp.GcpTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KmsTest extends GcpTest {
    @Test
    void key_versions_are_destroyed_later() {
        String key = key();
        assertThatThrownBy(this::key).isInstanceOf(AlreadyExistsException.class);
        var version = clients.keys().destroyCryptoKeyVersion(key + "/cryptoKeyVersions/1");

        assertThat(version.getState().name()).isEqualTo("DESTROY_SCHEDULED");
        assertThatThrownBy(() -> clients.keys().destroyCryptoKeyVersion(version.getName()))
                .isInstanceOf(FailedPreconditionException.class);
        time.advance(Duration.ofDays(31));
        assertThat(clients.keys()
                        .getCryptoKeyVersion(version.getName())
                        .getState()
                        .name())
                .isEqualTo("DESTROYED");
    }
}
