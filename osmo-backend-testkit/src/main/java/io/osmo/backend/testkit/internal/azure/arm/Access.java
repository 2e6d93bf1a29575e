// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

/**
 * What a request needs to be allowed.
 *
 * @param action in the spelling of roles
 * @param scope id of what it is done to
 */
public record Access(String action, String scope) {}
