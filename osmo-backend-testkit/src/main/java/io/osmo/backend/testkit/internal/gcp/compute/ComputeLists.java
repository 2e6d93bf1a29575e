// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Responses of {@code list} and {@code aggregatedList}, the same for all collections. */
final class ComputeLists {
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
        ListFilter filter = new ListFilter(text(request, "filter"));
        List<Map.Entry<String, Message>> found = rows.entrySet().stream()
                .filter(row -> filter.matches(row.getValue()))
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
}
