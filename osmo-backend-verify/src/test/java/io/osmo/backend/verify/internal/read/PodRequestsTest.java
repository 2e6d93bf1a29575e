// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as the scheduler counts them; the values follow the examples in Kubernetes' documentation. */
class PodRequestsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "containers:[C(1)] | 1000",
                "containers:[C(1),C(2)] | 3000",
                "containers:[C(1)],initContainers:[C(3)] | 3000",
                "containers:[C(2)],initContainers:[C(1),C(1)] | 2000",
                "containers:[C(1)],initContainers:[S(2)] | 3000",
                "containers:[C(1)],initContainers:[S(2),C(3)] | 5000",
                "containers:[C(1)],initContainers:[C(3),S(2)] | 3000",
                "containers:[C(1)],overhead:{'cpu':'250m'} | 1250",
                "containers:[C(1),C(1)],resources:{'requests':{'cpu':'5'}} | 5000",
                "containers:[C(1)],resources:{'requests':{'memory':'1Gi'}} | 1000",
                "containers:[{}] | 0"
            })
    void sidecars_init_containers_pod_level_resources_and_overhead_count(String spec, long millis) throws Exception {
        String json = "{'spec':{"
                + spec.replaceAll("(\\w+):(?=[\\[{])", "'$1':")
                        .replace("''", "'")
                        .replaceAll("C\\((\\d)\\)", "{'resources':{'requests':{'cpu':'$1'}}}")
                        .replaceAll("S\\((\\d)\\)", "{'restartPolicy':'Always','resources':{'requests':{'cpu':'$1'}}}")
                + "}}";

        assertThat(PodRequests.of(new ObjectMapper().readTree(json.replace('\'', '"')), "cpu"))
                .isEqualTo(millis);
    }
}
