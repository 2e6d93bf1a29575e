// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.azure.Rest;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backend is known by subscription, region and name; others are left exactly as they are. */
class AksIdentityTest {
    /** Everything that the subscription lists, by id. */
    private static Map<String, String> everything(AksBackend backend) {
        Rest rest = backend.rest();
        Map<String, String> all = new TreeMap<>();
        for (String list : new String[] {
            "resourcegroups",
            "resources",
            "providers/Microsoft.Authorization/roleAssignments",
            "providers/Microsoft.Authorization/locks?api-version=2020-05-01"
        }) {
            for (JsonNode object : rest.get(list).body().path("value")) {
                String id = object.path("id").asText();
                JsonNode read = list.equals("resources") ? rest.get(id).body() : object;
                all.put(id, read.toString());
            }
        }
        return all;
    }

    private static BackendSpec named(String name, String region) {
        return BackendSpec.builder(name)
                .on("azure", region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 2))
                .build();
    }

    /** Issue 11, row 4; and names of which one is the beginning of the other. */
    @ParameterizedTest
    @CsvSource({"train-west,westus3", "train-west-2,eastus2", "train,eastus2"})
    void destroying_one_leaves_its_neighbour_byte_for_byte(String name, String region) {
        BackendSpec neighbour =
                named(name, region).toBuilder().deletionProtection(true).build();
        try (AksBackend backend = new AksBackend()) {
            backend.applied(neighbour);
            Map<String, String> before = everything(backend);
            assertThat(before).hasSizeGreaterThan(20);

            backend.applied(spec());
            assertThat(everything(backend)).containsAllEntriesOf(before);
            assertThat(backend.osmo.plan(neighbour).changes()).isEmpty();

            backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));

            assertThat(everything(backend)).isEqualTo(before);
            assertThat(backend.osmo.plan(neighbour).changes()).isEmpty();
        }
    }

    @Test
    void each_region_lists_its_own() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(named(NAME, "westus3"));
            backend.applied(spec());

            assertThat(backend.osmo.list("azure", "eastus2")).containsExactly(spec().ref());
            assertThat(backend.osmo.list("azure", "westus3"))
                    .containsExactly(named(NAME, "westus3").ref());
        }
    }

    /** In one resource group a name can be there once, whatever the region. */
    @Test
    void in_a_shared_group_the_second_of_a_name_is_refused() {
        try (AksBackend backend = new AksBackend()) {
            backend.rest().put("resourceGroups/shared", "{`location`:`eastus2`}");
            AksSettings shared = AksSettings.builder().resourceGroup("shared").build();
            backend.applied(spec(s -> s.settings(shared)));
            Map<String, String> before = everything(backend);
            BackendSpec second =
                    named(NAME, "westus3").toBuilder().settings(shared).build();

            assertThatThrownBy(() -> backend.osmo.plan(second)).isInstanceOf(OwnershipConflictException.class);
            assertThat(backend.osmo.planDestroy(second.ref()).changes()).isEmpty();

            assertThat(everything(backend)).isEqualTo(before);
        }
    }

    /** AKS copies tags of the cluster to what it makes for the nodes, in a group of any name. */
    @Test
    void the_group_of_the_nodes_is_never_taken_for_that_of_the_backend() {
        BackendSpec spec = spec(s ->
                s.settings(AksSettings.builder().nodeResourceGroup("a-nodes").build()));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec);

            assertThat(backend.osmo.get(spec.ref())).isPresent();
            backend.osmo.apply(backend.osmo.planDestroy(spec.ref()));

            assertThat(backend.azure().inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
    }
}
