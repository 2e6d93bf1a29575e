// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

/**
 * A key of the backend that a cluster uses and that an apply cannot recover; an attachment of the inventory. A new key in its place would
 * leave everything that the old one has encrypted unreadable.
 *
 * @param key its id
 * @param remedy what to do, as sentences
 */
record LostKey(String key, String remedy) {}
