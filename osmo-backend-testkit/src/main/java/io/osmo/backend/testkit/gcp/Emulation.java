// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The methods of the emulated services behind the wire. Each call is recorded, validated, subjected to faults, then handed to the
 * class that emulates it.
 */
final class Emulation {
    private static final Pattern READS =
            Pattern.compile("(?i)(get|list|aggregatedList|batchGet|testIam|wait|query|search)");

    private final GcpProject project;
    private final VirtualTime time;
    private final Faults faults;
    private final CallLog calls;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    Emulation(GcpProject project, VirtualTime time, Faults faults, CallLog calls) {
        this.project = project;
        this.time = time;
        this.faults = faults;
        this.calls = calls;
    }

    /** Answers what no method of an emulator answers by name: many collections of one kind. */
    interface Fallback {
        /** Empty when it does not know the method either. */
        Optional<Message> call(MethodDescriptor method, Message request);
    }

    private record Operation(
            String name,
            MethodDescriptor method,
            @Nullable Object emulator,
            @Nullable Method body,
            @Nullable Fallback fallback,
            Message prototype) {}

    /**
     * Serves the methods of one service with the methods of the given objects.
     *
     * @param prefix what the names of its operations begin with, such as {@code container} or {@code compute.networks}
     */
    void serve(String prefix, ServiceDescriptor service, @Nullable Fallback fallback, Object... emulators) {
        Map<String, Object> owners = new HashMap<>();
        Map<String, Method> bodies = new HashMap<>();
        for (Object emulator : emulators) {
            for (Method body : emulator.getClass().getDeclaredMethods()) {
                if (isCall(body)) {
                    String name = body.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                            + body.getName().substring(1);
                    requireSame(service, name, body);
                    body.setAccessible(true);
                    owners.put(name, emulator);
                    bodies.put(name, body);
                }
            }
        }
        for (MethodDescriptor method : service.getMethods()) {
            Method body = bodies.get(method.getName());
            // Google's reference writes collections and their methods in lower case, and those of gRPC as they are.
            String name = prefix.contains(".") ? lower(method.getName()) : method.getName();
            operations.put(
                    key(prefix, method),
                    new Operation(
                            prefix + "." + name,
                            method,
                            owners.get(method.getName()),
                            body,
                            fallback,
                            body == null ? DynamicMessage.getDefaultInstance(method.getInputType()) : prototype(body)));
        }
    }

    /** What is served, by the name of the operation. */
    Map<String, MethodDescriptor> methods() {
        Map<String, MethodDescriptor> methods = new LinkedHashMap<>();
        operations.forEach((key, operation) -> methods.put(key, operation.method()));
        return methods;
    }

    /** An empty request of a method, in the type that its emulator takes. */
    Message.Builder request(String key) {
        return operation(key).prototype().newBuilderForType();
    }

    static String key(String prefix, MethodDescriptor method) {
        return prefix + "/" + method.getFullName();
    }

    static String lower(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** A request that could not be read. */
    GcpError malformed(String key, String problem) {
        String name = operation(key).name();
        calls.malformed(name, problem);
        return GcpError.invalid(problem);
    }

    /** @throws GcpError when the call is refused */
    Message call(String key, Message request) {
        Operation operation = operation(key);
        synchronized (project) {
            if (time.crashing()) {
                throw GcpError.disconnected();
            }
            project.advance();
            Call call = calls.record(project.now(), operation.name(), reads(operation.name()), request);
            try {
                Faults.Decision fault = faults.decide(call);
                fault.before(call);
                requireEnabled(service(call));
                Message response = run(operation, request);
                calls.respond(call, response);
                fault.after(call);
                return response;
            } catch (VirtualTime.SimulatedCrash crash) {
                // The client would catch it; the process must end all the same.
                time.crash(crash);
                throw GcpError.disconnected();
            }
        }
    }

    /** Name of the service, such as {@code container}. */
    static String service(Call call) {
        return call.operation().substring(0, call.operation().indexOf('.'));
    }

    private static boolean reads(String operation) {
        return READS.matcher(operation.substring(operation.lastIndexOf('.') + 1))
                .lookingAt();
    }

    private void requireEnabled(String service) {
        String name = service + ".googleapis.com";
        if (!service.equals("serviceusage") && project.disabledServices.contains(name)) {
            throw new GcpError(
                    com.google.rpc.Code.PERMISSION_DENIED,
                    403,
                    "SERVICE_DISABLED",
                    name + " has not been used in project " + project.number()
                            + " before or it is disabled. Enable it by visiting"
                            + " https://console.developers.google.com/apis/api/" + name + "/overview?project="
                            + project.number() + " then retry.");
        }
    }

    private static Message run(Operation operation, Message request) {
        if (operation.body() == null) {
            return Optional.ofNullable(operation.fallback())
                    .flatMap(fallback -> fallback.call(operation.method(), request))
                    .orElseThrow(() -> GcpError.notEmulated(operation.name()));
        }
        try {
            return (Message) operation.body().invoke(operation.emulator(), request);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(operation.name(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(operation.name(), e);
        }
    }

    private Operation operation(String key) {
        Operation operation = operations.get(key);
        if (operation == null) {
            throw new IllegalArgumentException("not served: " + key);
        }
        return operation;
    }

    /** Private methods are helpers. */
    private static boolean isCall(Method method) {
        return !Modifier.isPrivate(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 1
                && Message.class.isAssignableFrom(method.getParameterTypes()[0])
                && Message.class.isAssignableFrom(method.getReturnType());
    }

    /** A method of an emulator that the service does not have is a typing error, which must not hide. */
    private static void requireSame(ServiceDescriptor service, String name, Method body) {
        MethodDescriptor method = service.findMethodByName(name);
        if (method == null
                || !method.getInputType().equals(prototype(body).getDescriptorForType())
                || !method.getOutputType()
                        .equals(defaultOf(body.getReturnType()).getDescriptorForType())) {
            throw new IllegalStateException(service.getFullName() + " has no " + body);
        }
    }

    private static Message prototype(Method body) {
        return defaultOf(body.getParameterTypes()[0]);
    }

    private static Message defaultOf(Class<?> type) {
        try {
            return (Message) type.getMethod("getDefaultInstance").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a generated message", e);
        }
    }
}
