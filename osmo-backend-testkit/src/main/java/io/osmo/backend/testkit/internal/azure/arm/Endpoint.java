// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import io.osmo.backend.testkit.azure.ArmRequest;

/** Answers requests to an address that is not a resource. */
public interface Endpoint {
    ArmReply answer(ArmRequest request, ArmId id);
}
