// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

/**
 * A key of ours that a cluster uses and that cannot be recovered by us; an attachment of the inventory. A new key in its place would
 * leave what the old one has encrypted unreadable.
 *
 * @param key its id
 * @param remedy what to do, as sentences
 */
record LostKey(String key, String remedy) {}
