// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import io.osmo.backend.testkit.internal.Violations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks requests against the vendor's own description of its services. A request is refused if a required field is missing, or if it
 * sets a field that only the service sets. A request with an unknown field cannot be read in the first place; it is recorded among the
 * {@linkplain #violations() violations} as well.
 *
 * <p>Which fields are required or output only comes from {@code google.api.field_behavior} in the descriptors. Compute marks the latter
 * only in comments, which are read from the description in the vendor's jar. Scalars without presence, such as a count of zero, look
 * the same as missing ones and are not checked.
 */
public final class GcpModels implements CallInspector {
    private static final String COMPUTE = "google/cloud/compute/v1/compute.proto";
    private static final Pattern MESSAGE = Pattern.compile("\\s*(?:message|enum|service|oneof) (\\w+) \\{.*");
    private static final Pattern FIELD =
            Pattern.compile("\\s*(?:optional |repeated )?(?:map<[^>]+>|[.\\w]+) (\\w+) = \\d+.*");

    private final Violations violations = new Violations();

    private GcpModels() {}

    public static GcpModels create() {
        return new GcpModels();
    }

    /** Everything refused so far, for callers that may have swallowed the exception. */
    public List<String> violations() {
        return violations.all();
    }

    @Override
    public void request(Call call) {
        String operation = call.operation();
        Message request = call.request(Message.class);
        List<String> found = new ArrayList<>();
        if (request.getDescriptorForType().findFieldByName("update_mask") == null) {
            walk(request, operation, true, found);
        } else {
            update(request, operation, found);
        }
        if (!found.isEmpty()) {
            String message = operation + ": " + String.join("; ", found);
            violations.add(message);
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public void malformed(String operation, String problem) {
        violations.add(operation + ": " + problem);
    }

    /** An update names its resource in a field that is output only elsewhere, and contains only what the mask names. */
    private static void update(Message request, String path, List<String> found) {
        request.getAllFields().forEach((field, value) -> {
            if (value instanceof Message resource && !field.getName().equals("update_mask")) {
                FieldDescriptor name = resource.getDescriptorForType().findFieldByName("name");
                Message rest = name == null
                        ? resource
                        : resource.toBuilder().clearField(name).build();
                walk(rest, path + "." + field.getName(), false, found);
            }
        });
        request.getDescriptorForType().getFields().stream()
                .filter(field -> isRequired(field) && !isThere(request, field))
                .forEach(field -> found.add(path + "." + field.getName() + " is required"));
    }

    private static void walk(Message message, String path, boolean whole, List<String> found) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean there = isThere(message, field);
            String name = path + "." + field.getName();
            if (there && isOutputOnly(field)) {
                found.add(name + " is set by the service only");
            }
            if (whole && !there && isRequired(field)) {
                found.add(name + " is required");
            }
            if (there && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (field.isRepeated()) {
                    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                        walk((Message) message.getRepeatedField(field, i), name + "[" + i + "]", whole, found);
                    }
                } else {
                    walk((Message) message.getField(field), name, whole, found);
                }
            }
        }
    }

    private static boolean isThere(Message message, FieldDescriptor field) {
        if (field.isRepeated()) {
            return message.getRepeatedFieldCount(field) > 0;
        }
        return field.hasPresence()
                ? message.hasField(field)
                : !message.getField(field).equals(field.getDefaultValue());
    }

    private static boolean isRequired(FieldDescriptor field) {
        boolean tellable = field.hasPresence()
                || field.getJavaType() == FieldDescriptor.JavaType.STRING
                || field.getJavaType() == FieldDescriptor.JavaType.ENUM
                || field.isRepeated() && !field.isMapField();
        return tellable && behaves(field, FieldBehavior.REQUIRED);
    }

    private static boolean isOutputOnly(FieldDescriptor field) {
        return behaves(field, FieldBehavior.OUTPUT_ONLY)
                || field.getFile().getFullName().equals(COMPUTE) && OutputOnly.FIELDS.contains(field.getFullName());
    }

    private static boolean behaves(FieldDescriptor field, FieldBehavior behavior) {
        return field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior).contains(behavior);
    }

    /** Fields that comments in Compute's description mark; read once, when first needed. */
    private static final class OutputOnly {
        static final Set<String> FIELDS = read();

        private OutputOnly() {}

        private static Set<String> read() {
            try (InputStream in = GcpModels.class.getClassLoader().getResourceAsStream(COMPUTE)) {
                if (in == null) {
                    throw new IllegalStateException(COMPUTE + " is not on the class path");
                }
                return parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Set<String> parse(BufferedReader lines) throws IOException {
            Set<String> fields = new HashSet<>();
            Deque<String> scope = new ArrayDeque<>();
            boolean marked = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip();
                Matcher message = MESSAGE.matcher(line);
                Matcher field = FIELD.matcher(line);
                if (text.startsWith("//")) {
                    marked |= text.contains("[Output Only]") || text.contains("[Output only]");
                } else if (message.matches()) {
                    scope.addLast(message.group(1));
                    marked = false;
                } else if (text.equals("}")) {
                    scope.pollLast();
                    marked = false;
                } else if (field.matches() && !scope.isEmpty()) {
                    if (marked) {
                        fields.add("google.cloud.compute.v1." + String.join(".", scope) + "." + field.group(1));
                    }
                    marked = false;
                } else if (text.endsWith("{")) {
                    scope.addLast("");
                }
            }
            return Set.copyOf(fields);
        }
    }
}
