// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.osmo.backend.resource.ResourceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static ConfigMap named(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    @Test
    void a_marked_object_is_owned_by_this_backend_only() {
        ResourceId id = ResourceId.of("manifest", "configmap/default/a");
        ConfigMap marked = new Ownership("west").mark(named("a"), id);

        assertThat(new Ownership("west").owns(marked)).isTrue();
        assertThat(new Ownership("west").resourceId(marked)).contains(id);
        assertThat(new Ownership("east").owns(marked)).isFalse();
        assertThat(new Ownership("east").resourceId(marked)).isEmpty();
        assertThat(new Ownership("west").owns(named("b"))).isFalse();
    }

    /** As {@code kubectl get -o yaml} and {@code kubectl apply} leave one. */
    @Test
    void a_copy_with_the_marks_of_another_object_is_not_owned() {
        Ownership ownership = new Ownership("west");
        ConfigMap original = named("a");
        original.getMetadata().setNamespace("default");
        ownership.mark(original, ResourceId.of("manifest", "configmap/default/a"));
        assertThat(ownership.owns(original)).isTrue();

        ConfigMap renamed = new ConfigMapBuilder(original)
                .editMetadata()
                .withName("b-a")
                .endMetadata()
                .build();
        ConfigMap elsewhere = new ConfigMapBuilder(original)
                .editMetadata()
                .withNamespace("team")
                .endMetadata()
                .build();
        for (ConfigMap copy : List.of(renamed, elsewhere)) {
            assertThat(ownership.owns(copy)).isFalse();
            assertThat(ownership.resourceId(copy)).isEmpty();
        }
    }

    @Test
    void long_names_become_label_values_that_stay_distinct() {
        String longName = "a".repeat(80);

        String value = new Ownership(longName + "1").labelValue();
        assertThat(value).hasSize(63).isNotEqualTo(new Ownership(longName + "2").labelValue());
        assertThat(new Ownership("short").labelValue()).isEqualTo("short");
    }
}
