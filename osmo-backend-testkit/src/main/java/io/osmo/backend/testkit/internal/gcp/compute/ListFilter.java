// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code filter} of a list request. It is read once, since a list of the catalog applies it to thousands of rows. See <a
 * href="https://cloud.google.com/compute/docs/reference/rest/v1/networks/list">its description</a>.
 */
final class ListFilter {
    private static final Pattern TERM =
            Pattern.compile("\\s*([\\w.\\-]+)\\s*(!=|=|:|\\beq\\b|\\bne\\b)\\s*(\"[^\"]*\"|[^\\s()\"]+)\\s*");
    /** Fields by both of their names, shared by all emulators. */
    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

    private final String filter;
    private final List<List<String>> alternatives;
    private final Map<String, Term> terms = new HashMap<>();

    ListFilter(String filter) {
        this.filter = filter;
        this.alternatives = Arrays.stream(filter.split("\\s+OR\\s+", -1))
                .map(all -> List.of(all.split("\\s+AND\\s+|(?<=\\))\\s*(?=\\()", -1)))
                .toList();
    }

    private record Term(String path, String operator, String wanted, Map<String, Pattern> patterns) {
        boolean holds(@Nullable String actual) {
            return switch (operator) {
                case "=" -> wanted.equals(actual);
                case "!=" -> !wanted.equals(actual);
                case "eq" -> actual != null && fits(actual);
                case "ne" -> actual == null || !fits(actual);
                default -> actual != null && has(actual);
            };
        }

        private boolean fits(String actual) {
            return patterns.computeIfAbsent(wanted, Pattern::compile)
                    .matcher(actual)
                    .matches();
        }

        private boolean has(String actual) {
            return wanted.endsWith("*")
                    ? actual.startsWith(wanted.substring(0, wanted.length() - 1))
                    : actual.contains(wanted);
        }
    }

    boolean matches(Message row) {
        return filter.isBlank()
                || alternatives.stream()
                        .anyMatch(all -> all.stream().allMatch(text -> {
                            Term term = terms.computeIfAbsent(text, this::parse);
                            return term.holds(value(row, term.path()));
                        }));
    }

    private Term parse(String text) {
        Matcher matcher = TERM.matcher(text.strip().replaceFirst("^\\((.*)\\)$", "$1"));
        if (!matcher.matches()) {
            throw invalid();
        }
        String wanted = matcher.group(3).replaceFirst("^\"(.*)\"$", "$1");
        return new Term(matcher.group(1), matcher.group(2), wanted, new HashMap<>());
    }

    private GcpError invalid() {
        return GcpError.invalid("Invalid value for field 'filter': '" + filter + "'. Invalid list filter expression.");
    }

    private @Nullable String value(Message row, String path) {
        Message at = row;
        String rest = path;
        while (true) {
            String name = rest.split("\\.", 2)[0];
            FieldDescriptor field = fields(at.getDescriptorForType()).get(name);
            if (field == null) {
                throw invalid();
            }
            String tail = rest.length() > name.length() ? rest.substring(name.length() + 1) : "";
            if (field.isMapField()) {
                return entry((List<?>) at.getField(field), tail);
            }
            if (tail.isEmpty()) {
                return field.hasPresence() && !at.hasField(field) ? null : String.valueOf(at.getField(field));
            }
            at = (Message) at.getField(field);
            rest = tail;
        }
    }

    private static @Nullable String entry(List<?> entries, String key) {
        for (Object entry : entries) {
            Message pair = (Message) entry;
            if (ComputeLists.text(pair, "key").equals(key)) {
                return ComputeLists.text(pair, "value");
            }
        }
        return null;
    }

    private static Map<String, FieldDescriptor> fields(Descriptor type) {
        return FIELDS.computeIfAbsent(type, t -> {
            Map<String, FieldDescriptor> fields = new HashMap<>();
            t.getFields().forEach(field -> {
                fields.put(field.getJsonName(), field);
                fields.put(field.getName(), field);
            });
            return fields;
        });
    }
}
