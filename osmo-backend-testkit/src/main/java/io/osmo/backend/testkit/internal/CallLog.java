// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The calls of one emulated cloud, and who looks at them. Safe for concurrent use. */
public final class CallLog {
    private final List<CallInspector> inspectors;
    private final List<Call> calls = new ArrayList<>();

    public CallLog(List<CallInspector> inspectors) {
        this.inspectors = List.copyOf(inspectors);
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    public synchronized void forget() {
        calls.clear();
    }

    /** Records a call, and has it inspected. */
    public Call record(Instant at, String operation, boolean reads, Object request) {
        Call call = add(at, operation, reads, request);
        inspectors.forEach(inspector -> inspector.request(call));
        return call;
    }

    private synchronized Call add(Instant at, String operation, boolean reads, Object request) {
        Call call = new Call(calls.size() + 1, at, operation, reads, request);
        calls.add(call);
        return call;
    }

    /** Has a response inspected. */
    public void respond(Call call, Object response) {
        inspectors.forEach(inspector -> inspector.response(call, response));
    }

    /** Tells of a request that could not be read. */
    public void malformed(String operation, String problem) {
        inspectors.forEach(inspector -> inspector.malformed(operation, problem));
    }
}
