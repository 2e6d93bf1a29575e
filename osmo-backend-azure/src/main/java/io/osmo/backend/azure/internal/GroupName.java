// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

/**
 * The resource group that a backend is in; an attachment of every inventory.
 *
 * @param name name of the group
 */
public record GroupName(String name) {}
