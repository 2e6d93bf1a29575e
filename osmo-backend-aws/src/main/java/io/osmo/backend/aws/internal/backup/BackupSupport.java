// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.backup;

/**
 * Whether AWS Backup takes whole EKS clusters in this region, with this account opted in; an attachment.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeRegionSettings.html">AWS Backup:
 *     DescribeRegionSettings</a>
 */
record BackupSupport(boolean eks) {}
