// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.aws.internal.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the policy of a key lets one role do, as far as the policy alone decides it. What the account may do counts for nothing: that
 * leaves it to the role's own policies, and those of a service-linked role name no keys.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html">KMS: key policies</a>
 */
final class KeyPolicy {
    /** The answer to a question. */
    enum Answer {
        YES,
        NO,
        /** It depends on what cannot be known here. */
        UNSURE
    }

    private final List<JsonNode> statements = new ArrayList<>();
    private final boolean readable;
    private final String role;
    private final Map<String, String> known = new HashMap<>();

    /** @param role ARN of the role */
    KeyPolicy(String document, String role, String region) {
        this.role = role;
        String account = role.split(":", -1)[4];
        known.put("aws:principalarn", role);
        known.put("aws:principalaccount", account);
        known.put("kms:calleraccount", account);
        known.put("kms:grantisforawsresource", "true");
        known.put("kms:viaservice", "ec2." + region + ".amazonaws.com");
        JsonNode all = Json.read(document).map(root -> root.path("Statement")).orElse(null);
        readable = all != null && all.isContainerNode();
        if (all != null && all.isArray()) {
            all.forEach(statements::add);
        } else if (all != null) {
            statements.add(all);
        }
    }

    /** Whether the role may call an action, such as {@code kms:CreateGrant}. */
    Answer allows(String action) {
        if (!readable) {
            return Answer.UNSURE;
        }
        Answer denied = any("Deny", action);
        if (denied != Answer.NO) {
            return denied == Answer.YES ? Answer.NO : Answer.UNSURE;
        }
        return any("Allow", action);
    }

    private Answer any(String effect, String action) {
        Answer answer = Answer.NO;
        for (JsonNode statement : statements) {
            if (effect.equals(statement.path("Effect").asText())) {
                Answer one = applies(statement, action);
                if (one == Answer.YES) {
                    return one;
                }
                answer = one == Answer.UNSURE ? one : answer;
            }
        }
        return answer;
    }

    private Answer applies(JsonNode statement, String action) {
        if (statement.has("NotAction") || statement.has("NotPrincipal")) {
            return Answer.UNSURE;
        }
        boolean concerns = texts(statement.path("Action")).stream().anyMatch(pattern -> like(pattern, action, true))
                && isRole(statement.path("Principal"));
        return concerns ? holds(statement.path("Condition")) : Answer.NO;
    }

    private boolean isRole(JsonNode principal) {
        List<String> named = principal.isTextual() ? List.of(principal.asText()) : texts(principal.path("AWS"));
        return named.contains("*") || named.contains(role);
    }

    private Answer holds(JsonNode condition) {
        Answer[] answer = {Answer.YES};
        condition
                .fields()
                .forEachRemaining(operator -> operator.getValue().fields().forEachRemaining(key -> {
                    Answer one = holds(operator.getKey(), key.getKey(), texts(key.getValue()));
                    if (answer[0] != Answer.NO && one != Answer.YES) {
                        answer[0] = one;
                    }
                }));
        return answer[0];
    }

    private Answer holds(String operator, String key, List<String> values) {
        String actual = known.get(key.toLowerCase(Locale.ROOT));
        if (actual == null) {
            return Answer.UNSURE;
        }
        boolean matches;
        switch (operator) {
            case "StringEquals", "StringLike", "ArnEquals", "ArnLike" ->
                matches = values.stream()
                        .anyMatch(value ->
                                operator.equals("StringEquals") ? value.equals(actual) : like(value, actual, false));
            case "Bool", "StringEqualsIgnoreCase" -> matches = values.stream().anyMatch(actual::equalsIgnoreCase);
            default -> {
                return Answer.UNSURE;
            }
        }
        return matches ? Answer.YES : Answer.NO;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> texts.add(each.asText()));
        } else if (node.isValueNode() && !node.isNull()) {
            texts.add(node.asText());
        }
        return texts;
    }

    private static boolean like(String pattern, String text, boolean anyCase) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(regex, anyCase ? Pattern.CASE_INSENSITIVE : 0)
                .matcher(text)
                .matches();
    }
}
