// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

/** Looks at each request before it has an effect and at each answer before the caller sees it; may throw. */
public interface CallInspector {
    void request(Call call);

    /**
     * @param status HTTP status
     * @param body JSON, empty if there is none
     */
    default void response(Call call, int status, String body) {}
}
