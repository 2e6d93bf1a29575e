// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.probe;

/**
 * How a try ended.
 *
 * @param where what was tried, such as {@code pool/cpu to https://nvcr.io/v2/}
 * @param cause what was seen
 * @param remedy what to do about it; may be empty
 */
record Ending(String where, String cause, String remedy) {}
