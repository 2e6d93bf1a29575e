// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.permission;

/**
 * One policy or role, as the cloud's own tools take it.
 *
 * @param name a name for it that the cloud accepts
 * @param command how it is created, with {@code FILE} for the file that holds the text
 * @param text a policy of IAM, or a custom role of Google Cloud or Azure, as JSON
 */
public record PolicyDocument(String name, String command, String text) {}
