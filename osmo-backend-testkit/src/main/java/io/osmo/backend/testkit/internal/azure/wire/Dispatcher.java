// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.wire;

import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.ArmResponse;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.azure.arm.Access;
import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.CallerRoles;
import io.osmo.backend.testkit.internal.azure.arm.OperationName;
import java.util.Map;
import java.util.Optional;

/** What every request has in common: it is recorded, inspected, subjected to faults, authorized and answered. */
public final class Dispatcher {
    private final AzureSubscription azure;
    private final Arm arm;
    private final CallLog calls;
    private final CallerRoles rights = new CallerRoles();

    public Dispatcher(AzureSubscription azure, Arm arm, CallLog calls) {
        this.azure = azure;
        this.arm = arm;
        this.calls = calls;
    }

    /** What the caller may do. */
    public CallerRoles rights() {
        return rights;
    }

    /** Answers one request. */
    public ArmResponse handle(ArmRequest request) {
        Call call;
        Faults.Decision fault;
        ArmResponse response;
        synchronized (azure) {
            azure.advance();
            OperationName operation = arm.operation(request);
            call = calls.record(azure.now(), operation.toString(), operation.reads(), request);
            fault = azure.faults.decide(call);
            ArmReply reply;
            try {
                fault.before(call);
                Optional<Access> missing = rights.missing(AzureActions.of(call));
                if (missing.isPresent()) {
                    throw AzureRefusals.denied(call, missing.get());
                }
                reply = arm.answer(request);
            } catch (ArmError e) {
                reply = ArmReply.of(e);
            }
            response = reply.with(Map.of("x-ms-request-id", azure.uuid())).toResponse();
            calls.respond(call, response);
        }
        try {
            fault.after(call);
        } catch (ArmError e) {
            return ArmReply.of(e).toResponse();
        }
        return response;
    }
}
