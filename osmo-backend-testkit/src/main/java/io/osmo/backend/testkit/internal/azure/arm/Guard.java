// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

/** Refuses requests to resources of any type. */
public interface Guard {
    /** @param id what a request refers to */
    default void checkRequest(ArmId id) {}

    default void checkDelete(Resource resource) {}

    /** @param id what is created, changed or acted on */
    default void checkWrite(ArmId id) {}
}
