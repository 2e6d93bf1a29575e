// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.client;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * Implements the vendor's client interfaces. A method that takes a request and returns a response is a call: it is recorded,
 * inspected, subjected to faults, then passed to the method of the same name that emulates it. Every other method of the
 * interface (overloads with consumers, paginators) keeps the vendor's default body, which ends in such calls. So each call is
 * recorded exactly once.
 */
public final class Dispatcher {
    private static final Pattern READS = Pattern.compile("Describe|List|Get");
    /** The calls that each class emulates. Looking them up takes longer than most calls. */
    private static final Map<Emulated, List<Method>> METHODS = new ConcurrentHashMap<>();

    private final AwsAccount account;
    private final Faults faults;
    private final CallLog calls;

    public Dispatcher(AwsAccount account, Faults faults, CallLog calls) {
        this.account = account;
        this.faults = faults;
        this.calls = calls;
    }

    private record Emulated(Class<?> client, Class<?> emulator) {}

    private record Operation(String name, boolean reads, Object emulator, Method method) {}

    /**
     * A client that answers with the methods of the given objects.
     *
     * @param service prefix of the service's IAM actions, such as {@code ec2}
     */
    <C> C client(Class<C> type, String service, List<Object> emulators) {
        Map<String, Operation> operations = new HashMap<>();
        for (Object emulator : emulators) {
            for (Method method :
                    METHODS.computeIfAbsent(new Emulated(type, emulator.getClass()), Dispatcher::methods)) {
                String name = name(method);
                operations.put(
                        method.getName(),
                        new Operation(service + ":" + name, READS.matcher(name).lookingAt(), emulator, method));
            }
        }
        InvocationHandler handler =
                (proxy, method, arguments) -> invoke(type, service, operations, proxy, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static List<Method> methods(Emulated emulated) {
        List<Method> methods = new ArrayList<>();
        for (Method method : emulated.emulator().getDeclaredMethods()) {
            // Private methods are helpers, or the bodies of lambdas.
            if (isCall(method) && !Modifier.isPrivate(method.getModifiers())) {
                requireSame(emulated.client(), method);
                method.setAccessible(true);
                methods.add(method);
            }
        }
        return List.copyOf(methods);
    }

    /** Finds spelling mistakes: the client must have the method. */
    private static void requireSame(Class<?> client, Method method) {
        try {
            client.getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(client.getSimpleName() + " has no " + method, e);
        }
    }

    private static boolean isCall(Method method) {
        return method.getParameterCount() == 1
                && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && AwsResponse.class.isAssignableFrom(method.getReturnType());
    }

    private static String name(Method method) {
        return method.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                + method.getName().substring(1);
    }

    private @Nullable Object invoke(
            Class<?> type,
            String service,
            Map<String, Operation> operations,
            Object proxy,
            Method method,
            Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && isCall(method)) {
            Operation operation = operations.get(method.getName());
            if (operation == null) {
                throw new UnsupportedOperationException(service + ":" + name(method) + " is not emulated");
            }
            return call(operation, (AwsRequest) arguments[0]);
        }
        switch (method.getName()) {
            case "close":
                return null;
            case "serviceName":
                return service;
            case "toString":
                return "Emulated " + type.getSimpleName();
            case "hashCode":
                return System.identityHashCode(proxy);
            case "equals":
                return arguments != null && proxy == arguments[0];
            default:
                return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
    }

    private Object call(Operation operation, AwsRequest request) throws Throwable {
        Call call;
        Faults.Decision fault;
        Object response;
        synchronized (account) {
            account.advance();
            call = calls.record(account.now(), operation.name(), operation.reads(), request);
            fault = faults.decide(call);
            fault.before(call);
            response = run(operation, request);
            calls.respond(call, response);
        }
        fault.after(call);
        return response;
    }

    private static Object run(Operation operation, AwsRequest request) throws Throwable {
        try {
            return operation.method().invoke(operation.emulator(), request);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
