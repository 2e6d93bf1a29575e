// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Responses of {@code list} and {@code aggregatedList}, the same for all collections. */
final class ComputeLists {
    private static final Pattern TERM =
            Pattern.compile("\\s*([\\w.\\-]+)\\s*(!=|=|:|\\beq\\b|\\bne\\b)\\s*(\"[^\"]*\"|[^\\s()\"]+)\\s*");

    private ComputeLists() {}

    /** @param rows by path, such as {@code projects/p/zones/z/disks/d} */
    static Message list(MethodDescriptor method, Message request, Map<String, Message> rows, int limit) {
        Page<Map.Entry<String, Message>> page = page(request, rows, limit);
        DynamicMessage.Builder list = response(method, page);
        FieldDescriptor items = method.getOutputType().findFieldByName("items");
        page.items().forEach(row -> list.addRepeatedField(items, row.getValue()));
        return list.build();
    }

    /** The same with the rows of each scope under its name, such as {@code zones/us-central1-a}. */
    static Message aggregated(MethodDescriptor method, Message request, Map<String, Message> rows, int limit) {
        Page<Map.Entry<String, Message>> page = page(request, rows, limit);
        FieldDescriptor items = method.getOutputType().findFieldByName("items");
        Descriptor entry = items.getMessageType();
        FieldDescriptor value = entry.findFieldByName("value");
        Map<String, DynamicMessage.Builder> scopes = new LinkedHashMap<>();
        for (Map.Entry<String, Message> row : page.items()) {
            String path = row.getKey();
            String scope = path.replaceFirst("^projects/[^/]+/", "").replaceFirst("/[^/]+/[^/]+$", "");
            DynamicMessage.Builder scoped =
                    scopes.computeIfAbsent(scope, s -> DynamicMessage.newBuilder(value.getMessageType()));
            scoped.addRepeatedField(rowsOf(value.getMessageType(), row.getValue()), row.getValue());
        }
        DynamicMessage.Builder list = response(method, page);
        scopes.forEach((scope, scoped) -> list.addRepeatedField(
                items,
                DynamicMessage.newBuilder(entry)
                        .setField(entry.findFieldByName("key"), scope)
                        .setField(value, scoped.build())
                        .build()));
        return list.build();
    }

    private static FieldDescriptor rowsOf(Descriptor scoped, Message row) {
        return scoped.getFields().stream()
                .filter(f -> f.isRepeated()
                        && f.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                        && f.getMessageType().equals(row.getDescriptorForType()))
                .findFirst()
                .orElseThrow();
    }

    private static DynamicMessage.Builder response(MethodDescriptor method, Page<?> page) {
        Descriptor type = method.getOutputType();
        DynamicMessage.Builder list = DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("kind"), "compute#" + Dispatcher.lower(type.getName()));
        if (page.next() != null) {
            list.setField(type.findFieldByName("next_page_token"), page.next());
        }
        return list;
    }

    private static Page<Map.Entry<String, Message>> page(Message request, Map<String, Message> rows, int limit) {
        String filter = text(request, "filter");
        List<Map.Entry<String, Message>> found = rows.entrySet().stream()
                .filter(row -> matches(row.getValue(), filter))
                .toList();
        FieldDescriptor max = request.getDescriptorForType().findFieldByName("max_results");
        Integer size = request.hasField(max) ? (Integer) request.getField(max) : null;
        String token = text(request, "page_token");
        return Page.of(found, size, token.isEmpty() ? null : token, limit);
    }

    static String text(Message message, String field) {
        FieldDescriptor descriptor = message.getDescriptorForType().findFieldByName(field);
        return descriptor == null ? "" : String.valueOf(message.getField(descriptor));
    }

    /** See the <a href="https://cloud.google.com/compute/docs/reference/rest/v1/networks/list">filter parameter</a>. */
    private static boolean matches(Message row, String filter) {
        return filter.isBlank()
                || List.of(filter.split("\\s+OR\\s+", -1)).stream().anyMatch(all -> matchesAll(row, all, filter));
    }

    private static boolean matchesAll(Message row, String terms, String filter) {
        for (String part : terms.split("\\s+AND\\s+|(?<=\\))\\s*(?=\\()", -1)) {
            String term = part.strip().replaceFirst("^\\((.*)\\)$", "$1");
            Matcher matcher = TERM.matcher(term);
            if (!matcher.matches()) {
                throw GcpError.invalid(
                        "Invalid value for field 'filter': '" + filter + "'. Invalid list filter expression.");
            }
            String wanted = matcher.group(3).replaceFirst("^\"(.*)\"$", "$1");
            String actual = value(row, matcher.group(1), filter);
            boolean holds = switch (matcher.group(2)) {
                case "=" -> wanted.equals(actual);
                case "!=" -> !wanted.equals(actual);
                case "eq" -> actual != null && actual.matches(wanted);
                case "ne" -> actual == null || !actual.matches(wanted);
                default -> has(actual, wanted);
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(@Nullable String actual, String wanted) {
        if (actual == null) {
            return false;
        }
        return wanted.endsWith("*")
                ? actual.startsWith(wanted.substring(0, wanted.length() - 1))
                : actual.contains(wanted);
    }

    private static @Nullable String value(Message row, String path, String filter) {
        Message at = row;
        String rest = path;
        while (true) {
            String name = rest.split("\\.", 2)[0];
            FieldDescriptor field = at.getDescriptorForType().getFields().stream()
                    .filter(f -> f.getJsonName().equals(name) || f.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> GcpError.invalid(
                            "Invalid value for field 'filter': '" + filter + "'. Invalid list filter expression."));
            String tail = rest.length() > name.length() ? rest.substring(name.length() + 1) : "";
            if (field.isMapField()) {
                for (Object entry : (List<?>) at.getField(field)) {
                    Message pair = (Message) entry;
                    if (text(pair, "key").equals(tail)) {
                        return text(pair, "value");
                    }
                }
                return null;
            }
            if (tail.isEmpty()) {
                return field.hasPresence() && !at.hasField(field) ? null : String.valueOf(at.getField(field));
            }
            at = (Message) at.getField(field);
            rest = tail;
        }
    }
}
