// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

/** Looks at each request before it has an effect and at each response before the caller sees it; may throw. */
public interface CallInspector {
    void request(Call call);

    /** @param response in the vendor's own type, or what an emulator makes of it */
    default void response(Call call, Object response) {}

    /** A request that does not fit the service's description, such as one with an unknown field. It is refused anyway. */
    default void malformed(String operation, String problem) {}
}
