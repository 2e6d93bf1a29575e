// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolFactsReaderTest {
    @Test
    void a_disk_of_size_zero_is_one_that_aks_chooses() throws IOException {
        assertThat(pool("\"osDiskSizeGB\": 0").diskGib().known()).isEmpty();
        assertThat(pool("\"osDiskSizeGB\": 128").diskGib().known()).contains(128);
    }

    @Test
    void labels_tell_a_system_pool_as_they_do_on_its_nodes() throws IOException {
        assertThat(pool("\"mode\": \"System\"").labels()).isEqualTo(Map.of("kubernetes.azure.com/mode", "system"));
    }

    private static CloudFacts.Pool pool(String properties) throws IOException {
        return PoolFactsReader.of(
                ArmObject.of(new ObjectMapper().readTree("{\"name\": \"p\", \"properties\": {" + properties + "}}")),
                Fact.unknown("not read"),
                Fact.unknown("not read"),
                Fact.unknown("not read"));
    }
}
