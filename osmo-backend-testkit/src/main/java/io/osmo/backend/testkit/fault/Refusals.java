// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

/**
 * How a cloud says no, in the exceptions that its client throws.
 *
 * @param <C> a call of that cloud
 */
public interface Refusals<C> {
    /** There were too many calls. */
    RuntimeException throttled(C call);

    /** The service answers 503. */
    RuntimeException unavailable(C call);

    /** The caller may not do that. */
    RuntimeException denied(C call);

    /** The service answers with this status, error code and message. */
    RuntimeException refused(C call, int status, String code, String message);

    /** The connection broke before a response came. */
    RuntimeException disconnected(C call);
}
