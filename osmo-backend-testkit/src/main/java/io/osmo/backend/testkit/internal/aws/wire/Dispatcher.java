// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.CallerRights;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.wire.EmulatedClient.Operation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * Answers the calls of the vendor's clients. A client's method that takes a request and returns a response is a call: it is
 * recorded, inspected, subjected to faults, then passed to the method of the same name that emulates it. The client's other
 * methods (overloads with consumers, paginators) keep the vendor's bodies, which end in such calls. So each call is recorded
 * exactly once.
 */
public final class Dispatcher {
    private static final Pattern READS = Pattern.compile("Describe|List|Get|Simulate");
    /** Generated classes by client; the same for all accounts. */
    private static final Map<Class<?>, Class<?>> CLIENTS = new ConcurrentHashMap<>();
    /** What each class of emulators answers; the same for all accounts. */
    private static final Map<Class<?>, List<Emulated>> EMULATED = new ConcurrentHashMap<>();

    private final AwsAccount account;
    private final Faults faults;
    private final CallLog calls;
    private final AwsActions actions = new AwsActions();
    private final CallerRights rights;
    private final CallerPolicies policies = new CallerPolicies();

    public Dispatcher(AwsAccount account, Faults faults, CallLog calls) {
        this.account = account;
        this.faults = faults;
        this.calls = calls;
        this.rights = new CallerRights(actions::of, (call, action) -> AwsRefusals.denied(account, call, action));
    }

    /** What the caller may do. */
    public CallerRights rights() {
        return rights;
    }

    /**
     * Lets the caller do what policies allow, on their resources and under their conditions.
     *
     * @param documents none if the names of actions are all that counts
     * @param existing what a call may name
     */
    public void limit(Collection<String> actions, Collection<String> documents, Existing existing) {
        rights.limit(actions);
        policies.use(documents, existing);
    }

    /**
     * One call that a class of emulators answers.
     *
     * @param method name of the method
     * @param type of the method
     * @param body takes an emulator and a request
     */
    private record Emulated(String method, MethodType type, MethodHandle body) {
        /** Name of the operation, such as {@code CreateVpc}. */
        String operation() {
            return method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
        }
    }

    /**
     * A client whose calls are answered by methods of the given objects. Its other calls end in {@link
     * UnsupportedOperationException}.
     *
     * @param service prefix of the service's IAM actions, such as {@code ec2}
     * @param unknownHost the host that the client would call if it does not exist
     */
    <C> C client(Class<C> type, String service, List<Object> emulators, Optional<String> unknownHost) {
        Class<?> client = CLIENTS.computeIfAbsent(type, key -> define(type, emulators));
        try {
            return type.cast(client.getConstructor(EmulatedClient.Target.class)
                    .newInstance(target(service, emulators, unknownHost)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What answers the calls of a service, however they arrive. */
    EmulatedClient.Target target(String service, List<Object> emulators, Optional<String> unknownHost) {
        Map<Class<?>, Operation> operations = new HashMap<>();
        for (Object emulator : emulators) {
            for (Emulated call : emulated(emulator)) {
                String name = call.operation();
                boolean reads = READS.matcher(name).lookingAt();
                operations.put(
                        call.type().parameterType(0),
                        new Operation(service + ":" + name, reads, emulator, call.body()));
            }
        }
        return new EmulatedClient.Target(this, service, operations, unknownHost);
    }

    /** Names of the operations that objects emulate, such as {@code ec2:CreateVpc}. */
    static Stream<String> operations(String service, List<Object> emulators) {
        return emulators.stream()
                .flatMap(emulator -> emulated(emulator).stream())
                .map(call -> service + ":" + call.operation());
    }

    private static Class<?> define(Class<?> client, List<Object> emulators) {
        Map<String, MethodType> methods = new LinkedHashMap<>();
        for (Object emulator : emulators) {
            for (Emulated call : emulated(emulator)) {
                requireSame(client, call);
                methods.put(call.method(), call.type());
            }
        }
        return ClientClass.define(client, methods);
    }

    private static List<Emulated> emulated(Object emulator) {
        return EMULATED.computeIfAbsent(
                emulator.getClass(),
                type -> Arrays.stream(type.getDeclaredMethods())
                        // Private methods are helpers, or the bodies of lambdas.
                        .filter(method -> isCall(method) && !Modifier.isPrivate(method.getModifiers()))
                        .map(Dispatcher::emulated)
                        .toList());
    }

    private static Emulated emulated(Method method) {
        try {
            method.setAccessible(true);
            return new Emulated(
                    method.getName(),
                    MethodType.methodType(method.getReturnType(), method.getParameterTypes()),
                    MethodHandles.lookup().unreflect(method).asType(MethodType.genericMethodType(2)));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isCall(Method method) {
        return method.getParameterCount() == 1
                && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && AwsResponse.class.isAssignableFrom(method.getReturnType());
    }

    /** Finds spelling mistakes: the client must have the method. */
    private static void requireSame(Class<?> client, Emulated call) {
        try {
            MethodHandles.publicLookup().findVirtual(client, call.method(), call.type());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(client.getSimpleName() + " has no " + call.method(), e);
        }
    }

    Object call(Operation operation, Object request) {
        Call call;
        Faults.Decision fault;
        Object response;
        synchronized (account) {
            account.advance();
            call = calls.record(account.now(), operation.name(), operation.reads(), request);
            fault = faults.decide(call);
            fault.before(call);
            rights.require(call);
            policies.refused(call, actions.of(call)).ifPresent(action -> {
                throw AwsRefusals.denied(account, call, action);
            });
            actions.passed(call);
            response = run(operation, request);
            calls.respond(call, response);
        }
        fault.after(call);
        return response;
    }

    private static Object run(Operation operation, Object request) {
        try {
            return operation.body().invokeExact(operation.emulator(), request);
        } catch (RuntimeException | Error refusal) {
            throw refusal;
        } catch (Throwable e) {
            throw new IllegalStateException(operation.name(), e);
        }
    }
}
