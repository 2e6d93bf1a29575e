// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policy documents of IAM and KMS, which differ when their content does, whatever their spelling. */
public final class Json {
    /** In one order, or the same backend would be written differently by each JVM. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /** A policy document of the current version of the policy language. */
    @SafeVarargs
    public static String policy(Map<String, Object>... statements) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", Arrays.asList(statements));
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and strings can be written", e);
        }
    }

    /** The same, indented for people. */
    public static String pretty(List<Map<String, Object>> statements) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", statements);
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and strings can be written", e);
        }
    }

    /** A statement that allows actions on resources. */
    public static Map<String, Object> allow(List<String> actions, Object resource) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", "Allow");
        statement.put("Action", actions);
        statement.put("Resource", resource);
        return statement;
    }

    /** A statement of a resource's own policy, which names who may. */
    public static Map<String, Object> allow(Map<String, ?> principal, List<String> actions) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", "Allow");
        statement.put("Principal", principal);
        statement.put("Action", actions);
        return statement;
    }

    /** The same with a further member, such as a condition. */
    public static Map<String, Object> with(Map<String, Object> statement, String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(statement);
        more.put(member, value);
        return more;
    }

    /** A document as a tree; empty when it is no JSON. */
    public static Optional<JsonNode> read(String document) {
        try {
            return Optional.of(MAPPER.readTree(document));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Whether two documents say the same; what is no JSON says something else. */
    public static boolean same(String one, String other) {
        try {
            return MAPPER.readTree(one).equals(MAPPER.readTree(other));
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
