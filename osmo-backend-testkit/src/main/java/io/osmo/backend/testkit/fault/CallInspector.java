// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

/** Inspects each request before it takes effect and each response before the caller gets it. May throw. */
public interface CallInspector {
    void request(Call call);

    /** @param response the response in the vendor's own type, or in one of the emulator */
    default void response(Call call, Object response) {}

    /** A request that does not fit the service's description, such as one with an unknown field. It is refused anyway. */
    default void malformed(String operation, String problem) {}
}
