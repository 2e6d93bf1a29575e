// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether a policy or a grant lets a role do with a key what the creation of an encrypted disk takes. */
final class KeyPermissions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LAUNCH =
            List.of("CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom");

    private KeyPermissions() {}

    static boolean mayLaunch(StoredKey key, String role) {
        return LAUNCH.stream()
                .allMatch(operation -> key.grants.stream()
                                .anyMatch(grant -> role.equals(grant.granteePrincipal())
                                        && grant.operationsAsStrings().contains(operation))
                        || allows(key.policy, role, "kms:" + operation));
    }

    private static boolean allows(String policy, String role, String action) {
        List<JsonNode> statements = list(parse(policy).path("Statement"));
        return statements.stream().anyMatch(each -> applies(each, "Allow", role, action))
                && statements.stream().noneMatch(each -> applies(each, "Deny", role, action));
    }

    private static JsonNode parse(String policy) {
        try {
            return JSON.readTree(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the policy of a key is no JSON", e);
        }
    }

    private static boolean applies(JsonNode statement, String effect, String role, String action) {
        JsonNode principal = statement.path("Principal");
        List<String> principals = texts(principal.isTextual() ? principal : principal.path("AWS"));
        Map<String, String> known = Map.of(
                "aws:PrincipalArn",
                role,
                "kms:CallerAccount",
                role.split(":", -1)[4],
                "kms:GrantIsForAWSResource",
                "true");
        return effect.equals(statement.path("Effect").asText())
                && texts(statement.path("Action")).stream().anyMatch(pattern -> like(pattern, action))
                && (principals.contains("*") || principals.contains(role))
                && list(statement.path("Condition")).stream()
                        .allMatch(operator -> known.entrySet().stream()
                                .filter(value -> operator.has(value.getKey()))
                                .allMatch(value -> texts(operator.path(value.getKey())).stream()
                                        .anyMatch(pattern -> like(pattern, value.getValue()))));
    }

    private static boolean like(String pattern, String text) {
        return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), text);
    }

    /** The elements of an array, the values of an object, or the value alone. */
    private static List<JsonNode> list(JsonNode node) {
        List<JsonNode> all = new ArrayList<>();
        if (node.isArray() || node.isObject() && !node.has("Effect")) {
            node.forEach(all::add);
        } else if (!node.isMissingNode()) {
            all.add(node);
        }
        return all;
    }

    private static List<String> texts(JsonNode node) {
        return list(node).stream().map(JsonNode::asText).toList();
    }
}
