// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.permission;

import io.osmo.backend.aws.internal.Json;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.PolicyWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes managed policies of IAM, as few as fit into its limit.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM: quotas</a>
 */
public final class IamPolicyWriter implements PolicyWriter {
    /** Characters of one managed policy; white space does not count. */
    static final int LIMIT = 6_144;

    private static final int NAME_LIMIT = 128;

    @Override
    public List<PolicyDocument> write(Request request) {
        List<List<Map<String, Object>>> parts = new ArrayList<>();
        List<Map<String, Object>> part = new ArrayList<>();
        for (Map<String, Object> statement : statements(request)) {
            part.add(statement);
            if (part.size() > 1 && length(part) > LIMIT) {
                part.remove(part.size() - 1);
                parts.add(part);
                part = new ArrayList<>(List.of(statement));
            }
        }
        parts.add(part);
        List<PolicyDocument> documents = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String name = Names.shortened(
                    "osmo-" + request.ref().name() + "-" + request.ref().region() + "-"
                            + request.use().word() + (parts.size() == 1 ? "" : "-" + (i + 1)),
                    NAME_LIMIT);
            documents.add(new PolicyDocument(
                    name,
                    "aws iam create-policy --policy-name " + name + " --policy-document file://FILE",
                    Json.pretty(parts.get(i))));
        }
        return documents;
    }

    private static int length(List<Map<String, Object>> statements) {
        return (int) Json.pretty(statements)
                .chars()
                .filter(character -> !Character.isWhitespace(character))
                .count();
    }

    /** A statement for each scope, with all actions that have it. */
    private static List<Map<String, Object>> statements(Request request) {
        PolicyScopes scopes = new PolicyScopes(request);
        Map<Scope, TreeSet<String>> actions = new LinkedHashMap<>();
        request.actions()
                .forEach(action -> scopes.of(action)
                        .forEach(scope -> actions.computeIfAbsent(scope, key -> new TreeSet<>())
                                .add(action)));
        List<Map<String, Object>> statements = new ArrayList<>();
        actions.forEach((scope, allowed) -> {
            Map<String, Object> statement = Json.allow(List.copyOf(allowed), scope.resources());
            statements.add(
                    scope.condition().isEmpty() ? statement : Json.with(statement, "Condition", scope.condition()));
        });
        return statements;
    }
}
