// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.protocols.core.OperationInfo;

/**
 * How an operation is called over HTTP. Method, path and name are those with which the vendor's client calls it.
 *
 * @param request type of its request
 * @param path the segments of its path, of which those in braces are members
 */
record WireOperation(Class<?> request, OperationInfo binding, List<String> path) {
    /** Read once per type of request, for all accounts. */
    private static final Map<Class<?>, WireOperation> KNOWN = new ConcurrentHashMap<>();

    static WireOperation of(Class<?> request) {
        return KNOWN.computeIfAbsent(request, WireOperation::read);
    }

    private static WireOperation read(Class<?> request) {
        String marshaller = request.getPackageName().replaceFirst("\\.model$", ".transform.") + request.getSimpleName()
                + "Marshaller";
        try {
            Field field = Class.forName(marshaller, false, request.getClassLoader())
                    .getDeclaredField("SDK_OPERATION_BINDING");
            field.setAccessible(true);
            OperationInfo binding = (OperationInfo) field.get(null);
            return new WireOperation(request, binding, segments(binding.requestUri()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vendor's client has no binding of " + request.getSimpleName(), e);
        }
    }

    /** The segments of a path; one slash at its end makes no difference. */
    static List<String> segments(String path) {
        return List.of(path.replaceFirst("^/", "").replaceFirst("/$", "").split("/", -1));
    }

    /** Such as {@code CreateCluster}. */
    String name() {
        return request.getSimpleName().replaceFirst("Request$", "");
    }

    /** A builder of requests. Found by method handle: reflection would load the type of every method. */
    SdkPojo builder() {
        try {
            Class<?> type = Class.forName(request.getName() + "$Builder", false, request.getClassLoader());
            return (SdkPojo) MethodHandles.publicLookup()
                    .findStatic(request, "builder", MethodType.methodType(type))
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException(request + " has no builder", e);
        }
    }
}
