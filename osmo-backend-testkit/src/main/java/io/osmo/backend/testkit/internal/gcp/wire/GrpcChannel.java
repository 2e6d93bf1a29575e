// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC services, as a channel to them. A call runs to its end on the calling thread, where virtual time is driven; there is no server
 * and no socket.
 */
public final class GrpcChannel extends ManagedChannel {
    private final GrpcCalls calls;
    private volatile boolean closed;

    public GrpcChannel(Dispatcher dispatcher) {
        calls = new GrpcCalls(dispatcher);
    }

    @Override
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
        return new Call<>(method);
    }

    @Override
    public String authority() {
        return "emulated.googleapis.com";
    }

    @Override
    public ManagedChannel shutdown() {
        closed = true;
        return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
        return shutdown();
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return closed;
    }

    private Message answer(String method, Message request) {
        if (closed) {
            throw Status.UNAVAILABLE.withDescription(method).asRuntimeException();
        }
        return calls.call(method, request);
    }

    /** One call; it is over when the request has been sent completely. */
    private final class Call<Q, R> extends ClientCall<Q, R> {
        private final MethodDescriptor<Q, R> method;
        private @Nullable Listener<R> listener;
        private @Nullable Q request;

        Call(MethodDescriptor<Q, R> method) {
            this.method = method;
        }

        @Override
        public void start(Listener<R> responseListener, Metadata headers) {
            listener = responseListener;
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void sendMessage(Q message) {
            request = message;
        }

        @Override
        @SuppressWarnings("unchecked") // The dispatcher holds emulated methods to the types of the service.
        public void halfClose() {
            Listener<R> receiver = Objects.requireNonNull(listener, "the call was not started");
            Message sent = (Message) Objects.requireNonNull(request, "no request was sent");
            R response;
            try {
                response = (R) answer(method.getFullMethodName(), sent);
            } catch (StatusRuntimeException refusal) {
                receiver.onClose(
                        refusal.getStatus(),
                        Optional.ofNullable(refusal.getTrailers()).orElseGet(Metadata::new));
                return;
            }
            receiver.onHeaders(new Metadata());
            receiver.onMessage(response);
            receiver.onClose(Status.OK, new Metadata());
        }
    }
}
