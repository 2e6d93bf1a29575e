// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.Pace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The gRPC services for other processes, on a free port of 127.0.0.1 and without TLS. Calls are answered one at a time. */
final class GrpcServer implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int STOP_SECONDS = 5;

    private final Dispatcher dispatcher;
    private final GrpcCalls calls;
    private final Pace pace;
    private final UnaryOperator<Message> told;
    private final Server server;

    /** @param told replaces a response for another process */
    GrpcServer(Dispatcher dispatcher, Pace pace, UnaryOperator<Message> told) {
        this.dispatcher = dispatcher;
        this.calls = new GrpcCalls(dispatcher);
        this.pace = pace;
        this.told = told;
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = NettyServerBuilder.forAddress(free, InsecureServerCredentials.create())
                .directExecutor()
                .maxInboundMessageSize(HttpCall.LIMIT)
                .intercept(new Authentication())
                .fallbackHandlerRegistry(new Methods())
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("no port to listen on", e);
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String method, Message request, StreamObserver<Message> response) {
        pace.tick();
        try {
            response.onNext(pace.answer(() -> told.apply(calls.call(method, request))));
            response.onCompleted();
        } catch (StatusRuntimeException refusal) {
            response.onError(refusal);
        } catch (SimulatedCrash crash) {
            // A rule ends the process that calls. Another process only sees that its connection breaks.
            response.onError(GrpcCalls.status(GcpError.disconnected()));
        }
    }

    /** Finds the methods that are emulated. */
    private final class Methods extends HandlerRegistry {
        @Override
        public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
            return Optional.ofNullable(dispatcher.grpc().get(name))
                    .map(operation -> ServerMethodDefinition.create(
                            MethodDescriptor.<Message, Message>newBuilder()
                                    .setType(MethodDescriptor.MethodType.UNARY)
                                    .setFullMethodName(name)
                                    .setRequestMarshaller(new Requests(operation.prototype()))
                                    .setResponseMarshaller(new Requests(operation.prototype()))
                                    .build(),
                            ServerCalls.<Message, Message>asyncUnaryCall(
                                    (request, response) -> answer(name, request, response))))
                    .orElse(null);
        }
    }

    /** Reads requests of one type, and writes messages of any. */
    private record Requests(Message prototype) implements MethodDescriptor.Marshaller<Message> {
        @Override
        public InputStream stream(Message message) {
            return new ByteArrayInputStream(message.toByteArray());
        }

        @Override
        public Message parse(InputStream bytes) {
            try {
                return prototype.getParserForType().parseFrom(bytes);
            } catch (InvalidProtocolBufferException e) {
                throw Status.INVALID_ARGUMENT.withCause(e).asRuntimeException();
            }
        }
    }

    /** Refuses calls without a token, whatever its value. */
    private static final class Authentication implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            String given = Optional.ofNullable(headers.get(AUTHORIZATION)).orElse("");
            if (HttpCall.isBearerToken(given)) {
                return next.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED.withDescription(GcpHttp.NO_TOKEN), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
