// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

/**
 * Where a backend lives; an attachment of every inventory.
 *
 * @param group name of its resource group
 */
public record Home(String group) {}
