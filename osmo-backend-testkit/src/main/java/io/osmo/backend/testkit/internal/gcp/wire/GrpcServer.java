// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.MethodDescriptor;
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
import io.osmo.backend.testkit.internal.gcp.GcpError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gRPC services: a server in the process, built from the vendor's descriptors. Client and server run on the calling thread, where
 * virtual time is driven.
 */
public final class GrpcServer implements AutoCloseable {
    private final Dispatcher dispatcher;
    private final String name = InProcessServerBuilder.generateName();
    private final Server server;

    /** Serves what is registered with the dispatcher by now. */
    public GrpcServer(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        Map<String, ServerServiceDefinition.Builder> services = new LinkedHashMap<>();
        for (Dispatcher.Operation operation : dispatcher.grpc()) {
            MethodDescriptor method = operation.method();
            if (!method.isServerStreaming() && !method.isClientStreaming()) {
                String service = method.getService().getFullName();
                add(services.computeIfAbsent(service, ServerServiceDefinition::builder), operation);
            }
        }
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
        services.values().forEach(service -> builder.addService(service.build()));
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new channel, closed by the caller. */
    public ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private void add(ServerServiceDefinition.Builder service, Dispatcher.Operation operation) {
        MethodDescriptor method = operation.method();
        io.grpc.MethodDescriptor<Message, Message> wire = io.grpc.MethodDescriptor.<Message, Message>newBuilder()
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(ProtoUtils.marshaller(operation.prototype()))
                .setResponseMarshaller(
                        ProtoUtils.marshaller((Message) DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
        service.addMethod(wire, ServerCalls.asyncUnaryCall((Message request, StreamObserver<Message> observer) -> {
            try {
                observer.onNext(dispatcher.call(operation, request));
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
