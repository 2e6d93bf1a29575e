// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.CallerRights;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes each call through recording, validation and faults to the method that emulates it. */
public final class Dispatcher {
    private static final Pattern READS =
            Pattern.compile("(?i)(get|fetch|list|aggregatedList|batchGet|testIam|wait|query|search)");
    private static final Fallback NONE = (method, request) -> Optional.empty();

    private final GcpProject project;
    private final VirtualTime time;
    private final Faults faults;
    private final CallLog calls;
    private final CallerRights rights =
            new CallerRights(GcpActions::of, (call, permission) -> GcpRefusals.denied(permission));
    private final Bindings bindings;

    /** By full name, such as {@code google.container.v1.ClusterManager/GetCluster}. */
    private final Map<String, Operation> grpc = new HashMap<>();

    private final List<Operation> rest = new ArrayList<>();

    public Dispatcher(GcpProject project, VirtualTime time, Faults faults, CallLog calls) {
        this.project = project;
        this.bindings = new Bindings(project);
        this.time = time;
        this.faults = faults;
        this.calls = calls;
    }

    /** What the caller may do. */
    public CallerRights rights() {
        return rights;
    }

    /** Where the caller may do it. */
    public Bindings bindings() {
        return bindings;
    }

    /** Whether the caller has a permission on a resource. */
    public boolean allows(String permission, String resource) {
        return rights.allows(permission) && bindings.allows(permission, resource);
    }

    /** Handles methods that no emulator has by name: those of many collections that work alike. */
    public interface Fallback {
        /** Empty if it does not know the method either. */
        Optional<Message> call(MethodDescriptor method, Message request);
    }

    /**
     * A method that is served.
     *
     * @param name as Google's reference has it, such as {@code container.CreateCluster} or {@code compute.networks.insert}
     * @param prototype an empty request, in the type that the handler takes
     */
    record Operation(String name, MethodDescriptor method, Message prototype, Handler handler) {
        /** Such as {@code container}. */
        String service() {
            return serviceOf(name);
        }
    }

    /** Emulates one method. */
    @FunctionalInterface
    interface Handler {
        Message call(Message request);
    }

    public static ServiceDescriptor service(FileDescriptor file, String name) {
        return Optional.ofNullable(file.findServiceByName(name)).orElseThrow();
    }

    /**
     * Serves the methods of a service over gRPC.
     *
     * @param prefix of the names of its operations, such as {@code container}
     * @param emulators have a method for each that is emulated, with its name and types
     */
    public void serveGrpc(String prefix, ServiceDescriptor service, Object... emulators) {
        operations(prefix, service, NONE, emulators)
                .forEach(operation -> grpc.put(
                        service.getFullName() + "/" + operation.method().getName(), operation));
    }

    /** Serves the methods of a service as JSON over HTTP. */
    public void serveRest(String prefix, ServiceDescriptor service, Object... emulators) {
        rest.addAll(operations(prefix, service, NONE, emulators));
    }

    /** Serves all methods of a service as JSON over HTTP, handled by a fallback. */
    public void serveRest(String prefix, ServiceDescriptor service, Fallback fallback) {
        rest.addAll(operations(prefix, service, fallback));
    }

    private static List<Operation> operations(
            String prefix, ServiceDescriptor service, Fallback fallback, Object... emulators) {
        Map<MethodDescriptor, Operation> own = new HashMap<>();
        for (Object emulator : emulators) {
            for (EmulatedMethod method : EmulatedMethod.of(emulator.getClass(), service)) {
                own.put(method.method(), operation(name(prefix, method.method()), emulator, method));
            }
        }
        return service.getMethods().stream()
                .map(method -> own.getOrDefault(method, operation(name(prefix, method), method, fallback)))
                .toList();
    }

    private static Operation operation(String name, Object emulator, EmulatedMethod method) {
        return new Operation(name, method.method(), method.prototype(), request -> method.call(emulator, request));
    }

    private static Operation operation(String name, MethodDescriptor method, Fallback fallback) {
        return new Operation(
                name,
                method,
                DynamicMessage.getDefaultInstance(method.getInputType()),
                request -> fallback.call(method, request).orElseThrow(() -> GcpError.notEmulated(name)));
    }

    /** Google's reference writes collections and their methods in lower case, and those of gRPC as they are. */
    private static String name(String prefix, MethodDescriptor method) {
        return prefix + "." + (prefix.contains(".") ? lower(method.getName()) : method.getName());
    }

    public static String lower(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    // ------------------------------------------------------------------------------------------ calls

    Map<String, Operation> grpc() {
        return grpc;
    }

    List<Operation> rest() {
        return rest;
    }

    /** Everything that is served, in whatever way. */
    Stream<Operation> all() {
        return Stream.concat(grpc.values().stream(), rest.stream());
    }

    /** Names of all operations that are served. */
    public List<String> operations() {
        return all().map(Operation::name).sorted().toList();
    }

    /** A request that could not be read. */
    GcpError malformed(Operation operation, String problem) {
        calls.malformed(operation.name(), problem);
        return GcpError.invalid(problem);
    }

    /** @throws GcpError if the call is refused */
    Message call(Operation operation, Message request) {
        synchronized (project) {
            if (time.crashing()) {
                throw GcpError.disconnected();
            }
            project.advance();
            Call call = calls.record(project.now(), operation.name(), reads(operation.name()), request);
            try {
                Faults.Decision fault = faults.decide(call);
                fault.before(call);
                rights.require(call);
                bindings.require(call);
                requireEnabled(operation.service());
                project.answering(operation.name());
                Message response = operation.handler().call(request);
                calls.respond(call, response);
                fault.after(call);
                return response;
            } catch (VirtualTime.SimulatedCrash crash) {
                // The client would catch it, but the process has to end.
                time.crash(crash);
                throw GcpError.disconnected();
            }
        }
    }

    static String serviceOf(String operation) {
        return operation.substring(0, operation.indexOf('.'));
    }

    private static boolean reads(String operation) {
        return READS.matcher(operation.substring(operation.lastIndexOf('.') + 1))
                .lookingAt();
    }

    private void requireEnabled(String service) {
        String name = service + ".googleapis.com";
        if (!service.equals("serviceusage") && !project.isEnabled(name)) {
            throw new GcpError(
                    Code.PERMISSION_DENIED,
                    403,
                    "SERVICE_DISABLED",
                    name + " has not been used in project " + project.number()
                            + " before or it is disabled. Enable it by visiting"
                            + " https://console.developers.google.com/apis/api/" + name + "/overview?project="
                            + project.number() + " then retry.");
        }
    }
}
