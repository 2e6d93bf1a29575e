// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Binding;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.Policy;
import com.google.cloud.compute.v1.SerialPortOutput;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.iam.Policies;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.HttpRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The methods of all collections, which work alike. A link to a resource that does not exist is refused, and so is the deletion of
 * one that is linked to. What only one kind has is in its {@link ResourceRules}.
 */
final class ComputeCollections implements Dispatcher.Fallback {
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Duration CHANGE = Duration.ofSeconds(5);

    /** See the description of {@code requestId} in Compute Engine's reference. */
    private static final Duration REQUEST_MEMORY = Duration.ofMinutes(60);

    private final GcpProject project;
    private final Map<String, Operation> recent = new HashMap<>();
    private final ComputeResources resources;
    private final ComputeOperations operations;
    private final Policies policies;
    private final Map<String, ResourceRules> rules;

    ComputeCollections(
            GcpProject project, ComputeResources resources, ComputeOperations operations, Policies policies) {
        this.project = project;
        this.resources = resources;
        this.operations = operations;
        this.policies = policies;
        this.rules = Map.of(
                "networks", new NetworkRules(project),
                "subnetworks", new SubnetworkRules(),
                "routers", new RouterRules(project));
    }

    @Override
    public Optional<Message> call(MethodDescriptor method, Message request) {
        String service = method.getService().getName().replaceFirst("^(Global|Region)(?=[A-Z])", "");
        String collection = Dispatcher.lower(service);
        if (!ResourceKinds.exists(collection)) {
            return Optional.empty();
        }
        String path = path(method, request);
        if (!project.isVisible(path.split("/", -1)[1])) {
            throw GcpError.denied("Required 'compute." + collection + "." + Dispatcher.lower(method.getName())
                    + "' permission for '" + path + "'");
        }
        return switch (method.getName()) {
            case "Get" -> Optional.of(seen(path, request));
            case "GetIamPolicy" -> Optional.of(policy(path.replaceFirst("/getIamPolicy$", "")));
            case "GetSerialPortOutput" ->
                Optional.of(SerialPortOutput.newBuilder()
                        .setContents(resources.console(path.replaceFirst("/serialPort$", "")))
                        .build());
            case "List" -> Optional.of(ComputeLists.list(method, request, resources.under(path), project.pageSize()));
            case "AggregatedList" ->
                Optional.of(ComputeLists.aggregated(method, request, resources.all(collection), project.pageSize()));
            case "Insert" ->
                ResourceKinds.canBeInserted(collection)
                        ? Optional.of(
                                once("insert " + path, requestId(request), () -> insert(path, body(method, request))))
                        : Optional.empty();
            case "Patch" -> Optional.of(patch(path, body(method, request)));
            case "SetPrivateIpGoogleAccess" ->
                Optional.of(patch(
                        path.replaceFirst("/setPrivateIpGoogleAccess$", ""), privateAccess(body(method, request))));
            case "Delete" -> Optional.of(once("delete " + path, requestId(request), () -> delete(path)));
            default -> Optional.empty();
        };
    }

    private Message seen(String path, Message request) {
        Message found = resources.get(path);
        return found instanceof Subnetwork subnet
                        && ComputeLists.text(request, "views").equals(SubnetworkUtilization.VIEW)
                ? SubnetworkUtilization.of(path, subnet, resources)
                : found;
    }

    private static Message privateAccess(Message wanted) {
        FieldDescriptor field = wanted.getDescriptorForType().findFieldByName("private_ip_google_access");
        return Subnetwork.newBuilder()
                .setPrivateIpGoogleAccess((Boolean) wanted.getField(field))
                .build();
    }

    private Policy policy(String path) {
        resources.get(path);
        Policy.Builder policy = Policy.newBuilder();
        policies.get(path)
                .getBindingsList()
                .forEach(binding -> policy.addBindings(
                        Binding.newBuilder().setRole(binding.getRole()).addAllMembers(binding.getMembersList())));
        return policy.build();
    }

    /** A request with the id of one that was made within the last hour changes nothing and gets the answer of that one. */
    private Operation once(String request, @Nullable String id, Supplier<Operation> effect) {
        String key = request + " " + id;
        Operation known = recent.get(key);
        if (id == null || known == null) {
            known = effect.get();
            if (id != null) {
                recent.put(key, known);
                project.after(REQUEST_MEMORY, () -> recent.remove(key));
            }
        }
        return known;
    }

    /** The path that a request names, such as {@code projects/p/global/networks/n}. */
    static String path(MethodDescriptor method, Message request) {
        String path = HttpRule.of(method).get(0).template().replaceFirst("^/compute/v1/", "");
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            path = path.replace("{" + field.getName() + "}", String.valueOf(request.getField(field)));
        }
        return path;
    }

    private static @Nullable String requestId(Message request) {
        String id = ComputeLists.text(request, "request_id");
        return id.isEmpty() ? null : id;
    }

    private static Message body(MethodDescriptor method, Message request) {
        String field = HttpRule.of(method).get(0).body();
        return (Message) request.getField(request.getDescriptorForType().findFieldByName(field));
    }

    private Operation insert(String collectionPath, Message wanted) {
        String collection = ResourceNames.last(collectionPath);
        String name = ComputeLists.text(wanted, "name");
        if (!NAME.matcher(name).matches()) {
            throw GcpError.invalid("Invalid value for field 'resource.name': '" + name + "'. Must be a match of regex '"
                    + NAME.pattern() + "'");
        }
        String path = collectionPath + "/" + name;
        if (resources.find(path).isPresent()) {
            throw GcpError.alreadyExists("The resource '" + path + "' already exists");
        }
        Message typed = resources.withLinks(ResourceKinds.typed(collection, wanted));
        ResourceRules own = rules.get(collection);
        resources.put(path, own == null ? typed : own.prepare(path, typed, resources));
        resources.setReady(path, false);
        Duration time = own == null ? CHANGE : own.createTime();
        return operations.begin(
                "insert", path, time, () -> resources.setReady(path, true), () -> resources.remove(path));
    }

    /** Refused at once, or visible when the operation is done. */
    private Operation patch(String path, Message wanted) {
        Message old = resources.get(path);
        resources.requireReady(path);
        String collection = ResourceNames.collection(path);
        Message.Builder changed = old.toBuilder();
        merge(changed, ResourceKinds.typed(collection, wanted));
        Message linked = resources.withLinks(changed.build());
        ResourceRules own = rules.get(collection);
        Message result = own == null ? linked : own.change(path, old, linked, resources);
        return operations.begin(
                "patch",
                path,
                CHANGE,
                () -> resources.find(path).ifPresent(there -> resources.change(path, result)),
                () -> {});
    }

    /** Fields that are given replace the old ones; messages are merged field by field. */
    private static void merge(Message.Builder old, Message wanted) {
        wanted.getAllFields().forEach((field, value) -> {
            boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
            if (nested && old.hasField(field)) {
                merge(old.getFieldBuilder(field), (Message) value);
            } else {
                old.setField(field, value);
            }
        });
    }

    private Operation delete(String path) {
        resources.get(path);
        resources.requireReady(path);
        String collection = ResourceNames.collection(path);
        resources.userOf(path).ifPresent(user -> {
            throw GcpError.inUse("The " + ResourceKinds.singular(collection) + " resource '" + path
                    + "' is already being used by '" + user + "'");
        });
        resources.setReady(path, false);
        ResourceRules own = rules.get(collection);
        Duration time = own == null ? CHANGE : own.deleteTime();
        return operations.begin(
                "delete",
                path,
                time,
                () -> {
                    resources.removeRoutes(path);
                    resources.remove(path);
                },
                () -> resources.setReady(path, true));
    }
}
