// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void a_policy_is_written_in_one_order_whatever_that_of_its_maps() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("StringEquals", Map.of("kms:CallerAccount", "1"));
        one.put("ArnLike", Map.of("aws:PrincipalArn", "2"));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("ArnLike", Map.of("aws:PrincipalArn", "2"));
        other.put("StringEquals", Map.of("kms:CallerAccount", "1"));

        assertThat(Json.policy(Json.with(Json.allow(List.of("kms:Decrypt"), "*"), "Condition", one)))
                .isEqualTo(Json.policy(Json.with(Json.allow(List.of("kms:Decrypt"), "*"), "Condition", other)))
                .isEqualTo("{\"Statement\":[{\"Action\":[\"kms:Decrypt\"],"
                        + "\"Condition\":{\"ArnLike\":{\"aws:PrincipalArn\":\"2\"},"
                        + "\"StringEquals\":{\"kms:CallerAccount\":\"1\"}},"
                        + "\"Effect\":\"Allow\",\"Resource\":\"*\"}],\"Version\":\"2012-10-17\"}");
    }

    @Test
    void documents_that_say_the_same_are_the_same() {
        assertThat(Json.same("{\"a\": 1, \"b\": [2]}", "{\"b\":[2],\"a\":1}")).isTrue();
        assertThat(Json.same("{\"a\": 1}", "{\"a\": 2}")).isFalse();
        assertThat(Json.same("{\"a\": 1}", "no JSON")).isFalse();
    }
}
