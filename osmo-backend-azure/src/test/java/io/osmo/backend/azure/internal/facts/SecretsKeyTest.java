// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.cluster.CloudFacts.Key;
import io.osmo.backend.cluster.Fact;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsKeyTest {
    private static final String ADDRESS = "https://v.vault.azure.net/keys/osmo/0123";

    @Test
    void the_newest_version_tells_whether_it_is_enabled() throws IOException {
        assertThat(of(Optional.of(key(ADDRESS, true))).known()).hasValue(Optional.of(new Key(ADDRESS, true)));
        assertThat(of(Optional.of(key(ADDRESS, false))).known()).hasValue(Optional.of(new Key(ADDRESS, false)));
    }

    @Test
    void nothing_is_known_of_an_older_version_or_of_a_key_elsewhere() throws IOException {
        assertThat(of(Optional.of(key(ADDRESS + "4", true))).known()).isEmpty();
        assertThat(of(Optional.empty()).known()).isEmpty();
    }

    private static Fact<Optional<Key>> of(Optional<ArmObject> key) {
        return SecretsKey.of(ADDRESS, "/vaults/v", key);
    }

    private static ArmObject key(String address, boolean enabled) throws IOException {
        return ArmObject.of(new ObjectMapper()
                .readTree("{\"properties\": {\"keyUriWithVersion\": \"" + address + "\", \"attributes\": {\"enabled\": "
                        + enabled + "}}}"));
    }
}
