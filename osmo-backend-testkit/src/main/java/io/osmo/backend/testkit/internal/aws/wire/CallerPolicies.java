// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.testkit.fault.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The policies of the caller, once they are more than a list of actions: each action is allowed on the resources and under the conditions
 * of a statement, as far as {@link AwsTargets} knows what a call touches. Safe for concurrent use.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">IAM: Resource</a>
 */
final class CallerPolicies {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Partition, service, region, account and resource. */
    private static final int ARN_PARTS = 6;

    /** Keys with tags of resources and requests, and what EC2 creates: absent from a call, they are not equal to anything. */
    private static final Pattern ALWAYS_KNOWN = Pattern.compile("aws:(Resource|Request)Tag/.*|ec2:CreateAction");

    private volatile Rules rules = new Rules(List.of(), Optional.empty());

    /** Statements, and what their resources are looked up in. */
    private record Rules(List<Statement> statements, Optional<AwsTargets> targets) {}

    /**
     * One statement that allows.
     *
     * @param conditions values of a key, one of which it has to have; other keys count if the call is known to have them
     */
    private record Statement(Set<String> actions, List<String> resources, Map<String, Set<String>> conditions) {
        boolean allows(String action, AwsTargets.Target target) {
            return actions.contains(action)
                    && resources.stream().anyMatch(pattern -> matches(pattern, target.resource()))
                    && conditions.entrySet().stream().allMatch(condition -> meets(condition, target.context()));
        }

        private static boolean meets(Map.Entry<String, Set<String>> condition, Map<String, String> context) {
            String known = context.get(condition.getKey());
            return known == null
                    ? !ALWAYS_KNOWN.matcher(condition.getKey()).matches()
                    : condition.getValue().contains(known);
        }
    }

    /** The emulated account is what each region and account of an ARN means. */
    private static boolean matches(String pattern, String resource) {
        if (pattern.equals("*")) {
            return true;
        }
        String[] parts = pattern.split(":", ARN_PARTS);
        String last = parts[parts.length - 1];
        return Pattern.compile(Pattern.quote(last).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"))
                .matcher(resource)
                .matches();
    }

    /** From now on allows what these policies say; without any, only the names of actions count. */
    void use(Collection<String> documents, Existing existing) {
        List<Statement> read = new ArrayList<>();
        for (String document : documents) {
            try {
                JSON.readTree(document).path("Statement").forEach(statement -> read.add(statement(statement)));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("no policy: " + document, e);
            }
        }
        rules = new Rules(List.copyOf(read), Optional.of(new AwsTargets(existing)));
    }

    private static Statement statement(JsonNode statement) {
        Map<String, Set<String>> conditions = new HashMap<>();
        statement
                .path("Condition")
                .path("StringEquals")
                .properties()
                .forEach(condition -> conditions.put(condition.getKey(), texts(condition.getValue())));
        return new Statement(
                texts(statement.path("Action")), List.copyOf(texts(statement.path("Resource"))), conditions);
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** The first action of a call that no statement allows on what the call touches. */
    Optional<String> refused(Call call, Collection<String> actions) {
        Rules known = rules;
        return known.statements().isEmpty()
                ? Optional.empty()
                : known.targets()
                        .flatMap(targets -> actions.stream()
                                .filter(action -> targets.of(call, action).stream()
                                        .anyMatch(target -> known.statements().stream()
                                                .noneMatch(statement -> statement.allows(action, target))))
                                .findFirst());
    }
}
