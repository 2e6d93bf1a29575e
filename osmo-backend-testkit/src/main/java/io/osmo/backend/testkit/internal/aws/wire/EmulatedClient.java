// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What all emulated clients have in common. {@link ClientClass} adds the calls of a service. */
public abstract class EmulatedClient {
    private final Target target;

    protected EmulatedClient(Target target) {
        this.target = target;
    }

    /**
     * What answers the calls of a client.
     *
     * @param service prefix of the service's IAM actions, such as {@code ec2}
     * @param operations by the type of the request
     * @param unknownHost the host of a region that does not exist; empty if the service can be reached
     */
    public record Target(
            Dispatcher dispatcher, String service, Map<Class<?>, Operation> operations, Optional<String> unknownHost) {
        /** The types of requests that are answered. */
        public Set<Class<?>> requests() {
            return operations.keySet();
        }

        /** Answers a request. */
        public Object call(Object request) {
            unknownHost.ifPresent(host -> {
                throw AwsRefusals.unknownHost(host);
            });
            return dispatcher.call(Objects.requireNonNull(operations.get(request.getClass())), request);
        }
    }

    /**
     * One operation.
     *
     * @param name as IAM names it, such as {@code ec2:CreateVpc}
     * @param body takes an emulator and a request
     */
    public record Operation(String name, boolean reads, Object emulator, MethodHandle body) {}

    protected final Object call(Object request) {
        return target.call(request);
    }

    public final String serviceName() {
        return target.service();
    }

    public final void close() {}

    @Override
    public final String toString() {
        return "Emulated client of " + target.service();
    }
}
