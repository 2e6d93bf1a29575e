// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

/** How a cloud says no, in the exceptions that its client throws. */
public interface Refusals {
    /** There were too many calls. */
    RuntimeException throttled(Call call);

    /** The service answers 503. */
    RuntimeException unavailable(Call call);

    /** The caller may not do that. */
    RuntimeException denied(Call call);

    /** The service answers with this status, error code and message. */
    RuntimeException refused(Call call, int status, String code, String message);

    /** The connection broke before a response came. */
    RuntimeException disconnected(Call call);
}
