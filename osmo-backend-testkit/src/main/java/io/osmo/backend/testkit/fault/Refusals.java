// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

/** Creates the exceptions that the client of a cloud throws for a refusal. */
public interface Refusals {
    /** The call is throttled. */
    RuntimeException throttled(Call call);

    /** The service answers 503. */
    RuntimeException unavailable(Call call);

    /** The caller lacks the permission. */
    RuntimeException denied(Call call);

    /** The service answers with this status, error code and message. */
    RuntimeException refused(Call call, int status, String code, String message);

    /** The connection broke before a response came. */
    RuntimeException disconnected(Call call);
}
