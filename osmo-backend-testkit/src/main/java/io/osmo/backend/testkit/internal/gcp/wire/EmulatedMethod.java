// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Java method that emulates a method of a service, with the same name and types.
 *
 * @param prototype an empty request
 */
record EmulatedMethod(MethodDescriptor method, Method body, Message prototype) {
    /** Found once per class, for all emulators. */
    private static final Map<Class<?>, List<EmulatedMethod>> KNOWN = new ConcurrentHashMap<>();

    /** The methods of a class, all of which belong to one service. */
    static List<EmulatedMethod> of(Class<?> emulator, ServiceDescriptor service) {
        return KNOWN.computeIfAbsent(emulator, type -> read(type, service));
    }

    private static List<EmulatedMethod> read(Class<?> emulator, ServiceDescriptor service) {
        List<EmulatedMethod> methods = new ArrayList<>();
        for (Method body : emulator.getDeclaredMethods()) {
            if (isCall(body)) {
                body.setAccessible(true);
                methods.add(of(body, service));
            }
        }
        return List.copyOf(methods);
    }

    /** Private methods are helpers. */
    private static boolean isCall(Method method) {
        return !Modifier.isPrivate(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 1
                && Message.class.isAssignableFrom(method.getParameterTypes()[0])
                && Message.class.isAssignableFrom(method.getReturnType());
    }

    /** Fails if the service has no such method: a typing error must not go unnoticed. */
    private static EmulatedMethod of(Method body, ServiceDescriptor service) {
        String name = body.getName();
        MethodDescriptor method =
                service.findMethodByName(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        Message prototype = defaultOf(body.getParameterTypes()[0]);
        Message response = defaultOf(body.getReturnType());
        if (method == null
                || !method.getInputType().equals(prototype.getDescriptorForType())
                || !method.getOutputType().equals(response.getDescriptorForType())) {
            throw new IllegalStateException(service.getFullName() + " has no " + body);
        }
        return new EmulatedMethod(method, body, prototype);
    }

    /** By method handle: reflection would load the type of every method that a message has. */
    private static Message defaultOf(Class<?> type) {
        try {
            return (Message) MethodHandles.publicLookup()
                    .findStatic(type, "getDefaultInstance", MethodType.methodType(type))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException(type + " is not a generated message", e);
        }
    }

    Message call(Object emulator, Message request) {
        try {
            return (Message) body.invoke(emulator, request);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(method.getFullName(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method.getFullName(), e);
        }
    }
}
