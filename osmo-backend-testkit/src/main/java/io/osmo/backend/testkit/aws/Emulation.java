// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * Gives the vendor's client interfaces bodies. A method that takes a request and returns a response is one call: recorded,
 * validated, subjected to faults, then handed to the class that emulates it. Every other method of the interface (overloads
 * with consumers, paginators) keeps the vendor's own default body, which ends in such calls; so each call is seen exactly
 * once, however it was spelled.
 */
final class Emulation {
    private static final Pattern READS = Pattern.compile("Describe|List|Get");

    private final AwsAccount account;
    private final Faults faults;
    private final CallLog calls;

    Emulation(AwsAccount account, Faults faults, CallLog calls) {
        this.account = account;
        this.faults = faults;
        this.calls = calls;
    }

    /**
     * A client whose operations are the methods of the given objects.
     *
     * @param service the service's prefix in IAM actions, such as {@code ec2}
     */
    <C> C client(Class<C> type, String service, Object... emulators) {
        Map<String, Operation> operations = new HashMap<>();
        for (Object emulator : emulators) {
            for (Method method : emulator.getClass().getDeclaredMethods()) {
                // Private ones are helpers and the bodies of lambdas.
                if (isCall(method) && !Modifier.isPrivate(method.getModifiers())) {
                    method.setAccessible(true);
                    operations.put(nameInInterface(type, method), new Operation(emulator, method));
                }
            }
        }
        InvocationHandler handler =
                (proxy, method, arguments) -> invoke(type, service, operations, proxy, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private record Operation(Object emulator, Method method) {}

    /** The method's name, refused unless the vendor's interface has it with the same request: a typing error must not hide. */
    private static String nameInInterface(Class<?> client, Method method) {
        try {
            return client.getMethod(method.getName(), method.getParameterTypes())
                    .getName();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(client.getSimpleName() + " has no " + method, e);
        }
    }

    private static boolean isCall(Method method) {
        return method.getParameterCount() == 1
                && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && AwsResponse.class.isAssignableFrom(method.getReturnType());
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
            return call(service, operations.get(method.getName()), method.getName(), (AwsRequest) arguments[0]);
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

    private Object call(String service, @Nullable Operation operation, String methodName, AwsRequest request)
            throws Throwable {
        String name = methodName.substring(0, 1).toUpperCase(Locale.ROOT) + methodName.substring(1);
        Call call;
        Faults.Decision fault;
        Object response;
        synchronized (account) {
            account.advance();
            call = calls.record(
                    account.now(), service + ":" + name, READS.matcher(name).lookingAt(), request);
            if (operation == null) {
                throw new UnsupportedOperationException(call.operation() + " is not emulated");
            }
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
