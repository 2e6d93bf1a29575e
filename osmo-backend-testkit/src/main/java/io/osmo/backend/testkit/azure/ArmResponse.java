// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import java.util.Map;

/**
 * A response of emulated ARM.
 *
 * @param status HTTP status
 * @param body JSON; empty if there is none
 */
public record ArmResponse(int status, Map<String, String> headers, String body) {}
