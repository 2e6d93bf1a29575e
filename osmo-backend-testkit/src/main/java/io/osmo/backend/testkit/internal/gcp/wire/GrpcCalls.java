// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.osmo.backend.testkit.internal.gcp.GcpError;

/** Calls of the gRPC services, with refusals as gRPC has them. */
final class GrpcCalls {
    private final Dispatcher dispatcher;

    GrpcCalls(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Makes a call.
     *
     * @param method its full name, such as {@code google.container.v1.ClusterManager/GetCluster}
     * @throws StatusRuntimeException if it is refused
     */
    Message call(String method, Message request) {
        Dispatcher.Operation operation = dispatcher.grpc().get(method);
        if (operation == null) {
            throw Status.UNIMPLEMENTED.withDescription(method).asRuntimeException();
        }
        try {
            return dispatcher.call(operation, request);
        } catch (GcpError e) {
            throw status(e);
        } catch (IllegalArgumentException e) {
            throw status(GcpError.invalid(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            throw status(GcpError.internal(String.valueOf(e)));
        }
    }

    static StatusRuntimeException status(GcpError error) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(error.code().getNumber())
                .setMessage(error.text());
        if (!error.isDisconnect()) {
            status.addDetails(Any.pack(ErrorInfo.newBuilder()
                    .setReason(error.reason())
                    .setDomain("googleapis.com")
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
