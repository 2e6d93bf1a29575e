// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The gRPC services: a server in the process, made of the vendor's descriptors. Client and server work on the
 * calling thread, so that virtual time stays in one hand.
 */
final class GrpcFront implements AutoCloseable {
    private final Emulation emulation;
    private final String name = InProcessServerBuilder.generateName();
    private final Server server;

    /** @param services with the prefix of their operations */
    GrpcFront(Emulation emulation, Map<ServiceDescriptor, String> services) {
        this.emulation = emulation;
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
        services.forEach((service, prefix) -> builder.addService(definition(service, prefix)));
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new channel; who asks for it closes it. */
    ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private ServerServiceDefinition definition(ServiceDescriptor service, String prefix) {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service.getFullName());
        for (MethodDescriptor method : service.getMethods()) {
            if (!method.isServerStreaming() && !method.isClientStreaming()) {
                add(definition, method, Emulation.key(prefix, method));
            }
        }
        return definition.build();
    }

    private void add(ServerServiceDefinition.Builder definition, MethodDescriptor method, String key) {
        io.grpc.MethodDescriptor<Message, Message> wire = io.grpc.MethodDescriptor.<Message, Message>newBuilder()
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(
                        ProtoUtils.marshaller(emulation.request(key).getDefaultInstanceForType()))
                .setResponseMarshaller(
                        ProtoUtils.marshaller((Message) DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
        definition.addMethod(wire, ServerCalls.asyncUnaryCall((Message request, StreamObserver<Message> observer) -> {
            try {
                observer.onNext(emulation.call(key, request));
                observer.onCompleted();
            } catch (GcpError e) {
                observer.onError(status(e));
            } catch (IllegalArgumentException e) {
                observer.onError(status(GcpError.invalid(String.valueOf(e.getMessage()))));
            } catch (RuntimeException e) {
                observer.onError(status(GcpError.internal(String.valueOf(e))));
            }
        }));
    }

    private static StatusRuntimeException status(GcpError error) {
        Status.Builder status =
                Status.newBuilder().setCode(error.code().getNumber()).setMessage(error.text());
        if (!error.isDisconnect()) {
            status.addDetails(Any.pack(ErrorInfo.newBuilder()
                    .setReason(error.reason())
                    .setDomain("googleapis.com")
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
