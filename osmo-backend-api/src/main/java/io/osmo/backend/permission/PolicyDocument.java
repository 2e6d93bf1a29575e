// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.permission;

/**
 * One policy or role in the format of the cloud's own tools.
 *
 * @param name a name for it that the cloud accepts
 * @param command command that creates it, with {@code FILE} for the file with the text
 * @param text a policy of IAM, or a custom role of Google Cloud or Azure, as JSON
 */
public record PolicyDocument(String name, String command, String text) {}
