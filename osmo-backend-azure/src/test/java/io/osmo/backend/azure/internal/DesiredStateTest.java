// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.resource.FieldChange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DesiredStateTest {
    private static DesiredState wish(String json, String... exact) {
        return new DesiredState(Json.parse(json), Set.of(exact), Set.of("properties.vmSize"), Set.of("location"));
    }

    private static List<String> changes(DesiredState wish, String observed) {
        return wish.compare(Json.parse(observed)).stream()
                .map(FieldChange::toString)
                .toList();
    }

    @Test
    void what_arm_adds_makes_no_difference_and_neither_does_the_case_of_an_id() {
        DesiredState wish = wish("""
                {"location":"eastus2","identity":{"userAssignedIdentities":{"/subscriptions/S/x":{}}},
                 "properties":{"subnet":{"id":"/subscriptions/s/resourceGroups/G"},"zones":["1","2"]}}""");

        assertThat(changes(wish, """
                {"location":"East US 2","identity":{"userAssignedIdentities":{"/subscriptions/s/X":{"principalId":"p"}}},
                 "properties":{"provisioningState":"Succeeded","subnet":{"id":"/subscriptions/s/resourcegroups/g"},
                 "zones":["2","1"]}}""")).isEmpty();
    }

    @Test
    void labels_hold_nothing_but_what_is_wished_for() {
        DesiredState wish = wish("{\"properties\":{\"nodeLabels\":{\"a\":\"1\"}}}", "properties.nodeLabels");

        assertThat(changes(wish, "{\"properties\":{\"nodeLabels\":{\"a\":\"1\",\"b\":\"2\"}}}"))
                .containsExactly("nodeLabels.b: 2 -> absent");
        JsonNode put = wish.over(Json.parse("{\"properties\":{\"count\":3,\"nodeLabels\":{\"b\":\"2\"}}}"));
        assertThat(put.toString()).isEqualTo("{\"properties\":{\"count\":3,\"nodeLabels\":{\"a\":\"1\"}}}");
    }

    @Test
    void a_subnet_that_others_have_added_is_put_again() {
        DesiredState wish =
                wish("{\"properties\":{\"subnets\":[{\"name\":\"nodes\",\"properties\":{\"nat\":\"n\"}}]}}");
        String observed =
                "{\"properties\":{\"subnets\":[{\"name\":\"theirs\"},{\"name\":\"nodes\",\"properties\":{}}]}}";

        assertThat(changes(wish, observed)).containsExactly("subnets[nodes].properties.nat: absent -> n");
        assertThat(wish.over(Json.parse(observed)).at("/properties/subnets").toString())
                .isEqualTo("[{\"name\":\"theirs\"},{\"name\":\"nodes\",\"properties\":{\"nat\":\"n\"}}]");
    }

    @Test
    void what_arm_fixes_at_creation_is_replaced_or_impossible() {
        DesiredState wish = wish("{\"location\":\"eastus2\",\"properties\":{\"vmSize\":\"b\",\"maxCount\":2}}");

        assertThat(wish.compare(
                        Json.parse("{\"location\":\"westus\",\"properties\":{\"vmSize\":\"a\",\"maxCount\":1}}")))
                .extracting(FieldChange::effect)
                .containsExactly(
                        FieldChange.Effect.IMPOSSIBLE, FieldChange.Effect.REPLACE, FieldChange.Effect.IN_PLACE);
    }
}
