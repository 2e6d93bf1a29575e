// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceIdTest {
    @Test
    void ids_are_in_the_order_of_their_texts() {
        List<ResourceId> ids = List.of(
                ResourceId.of("iam-role", "node"),
                ResourceId.of("iam", "role/node"),
                ResourceId.of("subnet", "b"),
                ResourceId.of("subnet", "a/b"),
                ResourceId.of("subnet", "a-b"),
                ResourceId.of("subnet-group", "a"),
                ResourceId.of("sub", "z"));

        assertThat(ids.stream().sorted().toList())
                .isEqualTo(ids.stream()
                        .sorted(Comparator.comparing(ResourceId::toString))
                        .toList());
        assertThat(ids.get(2)).isEqualByComparingTo(ResourceId.of("subnet", "b"));
    }
}
